app_name = "report_cards"

urlpatterns = []
