"""What shows how something was: statements, photos, receipts, camera pictures, and who held them when."""
