variables {
  project_id = "innkeeper-staging"
  location   = "europe-west3"
}

run "both_databases_survive_mistakes" {
  command = plan

  assert {
    condition = (
      toset([for database in google_firestore_database.this : database.name])
      == toset(["(default)", "ops"])
    )
    error_message = "There must be the databases (default) and ops."
  }
  assert {
    condition = alltrue([
      for database in google_firestore_database.this :
      database.delete_protection_state == "DELETE_PROTECTION_ENABLED"
      && database.point_in_time_recovery_enablement == "POINT_IN_TIME_RECOVERY_ENABLED"
    ])
    error_message = "A database can be deleted, or not be taken back in time."
  }
  assert {
    condition = (
      length(google_firestore_backup_schedule.daily) == 2
      && google_firestore_backup_schedule.weekly["business"].retention == "8467200s"
    )
    error_message = "A database lacks a backup schedule."
  }
}

run "queries_have_their_index_and_documents_their_end" {
  command = plan

  assert {
    condition = [
      for field in google_firestore_index.this["records-kind-received"].fields : "${field.field_path} ${field.order}"
    ] == ["kind ASCENDING", "receivedAt ASCENDING"]
    error_message = "The query for changed bookings lacks its index."
  }
  assert {
    condition = alltrue([
      for collection in ["events", "reports"] :
      google_firestore_field.expiring[collection].field == "expireAt"
      && length(google_firestore_field.expiring[collection].ttl_config) == 1
    ])
    error_message = "Documents of events or reports are kept for ever."
  }
  assert {
    condition = (
      toset(keys(google_firestore_field.queried_in_maps))
      == toset([for field in ["guestId", "listingId", "reservationId"] : "records/facts.${field}"])
      && length(google_firestore_field.unindexed["records-facts"].index_config[0].indexes) == 0
    )
    error_message = "Facts are indexed whole, or those that are queried are not."
  }
}

run "eur3_goes_with_its_own_region" {
  command = plan
  variables { location = "eur3" }

  assert {
    condition     = output.trigger_region == "europe-west4"
    error_message = "Triggers of eur3 run in europe-west4."
  }
}

run "a_place_outside_of_the_eu_is_refused" {
  command = plan
  variables { location = "us-central1" }
  expect_failures = [var.location]
}

run "weekly_backups_that_add_nothing_are_refused" {
  command = plan
  variables {
    daily_backup_days   = 98
    weekly_backup_weeks = 14
  }
  expect_failures = [var.weekly_backup_weeks]
}

run "a_backup_kept_longer_than_google_keeps_it_is_refused" {
  command = plan
  variables { daily_backup_days = 99 }
  expect_failures = [var.daily_backup_days]
}
