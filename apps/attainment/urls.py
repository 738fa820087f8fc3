app_name = "attainment"

urlpatterns = []
