variables {
  project_id = "innkeeper-staging"
}

run "the_state_is_private_and_kept" {
  command = plan

  assert {
    condition     = output.bucket == "innkeeper-staging-tfstate"
    error_message = "The bucket is not the one that backend.tf names."
  }
  assert {
    condition = (
      google_storage_bucket.state.public_access_prevention == "enforced"
      && google_storage_bucket.state.uniform_bucket_level_access
    )
    error_message = "The state can be made public."
  }
  assert {
    condition     = google_storage_bucket.state.versioning[0].enabled && !google_storage_bucket.state.force_destroy
    error_message = "A state that was overwritten would be gone."
  }
}

run "a_place_outside_of_europe_is_refused" {
  command = plan
  variables { location = "US-CENTRAL1" }
  expect_failures = [var.location]
}
