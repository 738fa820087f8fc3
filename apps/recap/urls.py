app_name = "recap"

urlpatterns = []
