"""Forms of the registry (登记表单); what may be entered is judged by the services."""
