"""Pages of the registry (登记页面): one module for each thing that is kept."""
