"""An invented retailer that is told through the real actions with a moved clock."""
