"""Writers of the mapping: criteria, activities, assessments, shares."""
