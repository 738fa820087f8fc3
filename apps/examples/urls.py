app_name = "examples"

urlpatterns = []
