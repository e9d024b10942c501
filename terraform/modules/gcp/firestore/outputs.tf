output "databases" {
  description = "Names of the databases: `business` is `FIRESTORE_DATABASE`, `ops` is `FIRESTORE_OPS_DATABASE`."
  value       = { for key, database in google_firestore_database.this : key => database.name }
}

output "trigger_region" {
  description = "Region in which functions on this location's triggers have to run."
  value       = var.location == "eur3" ? "europe-west4" : var.location
}
