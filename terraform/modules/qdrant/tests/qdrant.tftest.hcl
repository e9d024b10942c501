provider "qdrant-cloud" {
  api_key = "no-account-is-asked"
}

variables {
  environment    = "prod"
  cloud_region   = "europe-west3"
  package_id     = "00000000-0000-0000-0000-000000000001"
  nodes          = 3
  qdrant_version = "v1.19.0"
}

run "the_cluster_keeps_its_backups_and_knows_keys_of_less_right" {
  command = plan

  assert {
    condition     = qdrant-cloud_accounts_cluster.this.configuration[0].database_configuration[0].service[0].jwt_rbac
    error_message = "The cluster takes no key with fewer rights than all."
  }
  assert {
    condition = (
      !qdrant-cloud_accounts_cluster.this.delete_backups_on_destroy
      && !qdrant-cloud_accounts_backup_schedule.this.delete_backups_on_destroy
    )
    error_message = "Backups would go with the cluster."
  }
  assert {
    condition     = qdrant-cloud_accounts_backup_schedule.this.retention_period == "168h"
    error_message = "Backups are not kept for a week."
  }
}

run "the_address_says_where_rest_is_served" {
  command = plan

  override_resource {
    target          = qdrant-cloud_accounts_cluster.this
    override_during = plan
    values          = { url = "https://xyz-example.europe-west3-0.gcp.cloud.qdrant.io" }
  }

  assert {
    condition     = output.url == "https://xyz-example.europe-west3-0.gcp.cloud.qdrant.io:6333"
    error_message = "${output.url} leaves the port to whoever calls."
  }
}

run "an_even_number_of_nodes_is_refused" {
  command = plan
  variables { nodes = 2 }
  expect_failures = [var.nodes]
}

run "a_region_outside_of_europe_is_refused" {
  command = plan
  variables { cloud_region = "us-east4" }
  expect_failures = [var.cloud_region]
}

run "a_version_that_moves_is_refused" {
  command = plan
  variables { qdrant_version = "latest" }
  expect_failures = [var.qdrant_version]
}

run "a_package_that_is_none_is_refused" {
  command = plan
  variables { package_id = "small" }
  expect_failures = [var.package_id]
}
