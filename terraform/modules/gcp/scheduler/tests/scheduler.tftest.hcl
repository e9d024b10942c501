variables {
  project_id = "innkeeper-staging"
  region     = "europe-west3"
  endpoints = {
    launch = "https://launch-123456789012.europe-west3.run.app"
    sweep  = "https://sweep-123456789012.europe-west3.run.app"
  }
  backup_time = "02:05"
  backup_zone = "Europe/Lisbon"
}

run "the_backup_starts_at_its_time_and_is_watched" {
  command = plan

  assert {
    condition     = output.jobs == { backup-launch = "5 2 * * *", backup-sweep = "*/5 * * * *" }
    error_message = "A job has another schedule than functions/backup expects."
  }
  assert {
    condition     = google_cloud_scheduler_job.this["backup-launch"].retry_config[0].retry_count == 3
    error_message = "The start of the backup is not tried again."
  }
  assert {
    condition = alltrue([
      for job in google_cloud_scheduler_job.this :
      job.http_target[0].oidc_token[0].audience == job.http_target[0].uri
      && base64decode(job.http_target[0].body) == "{}" && job.time_zone == "Europe/Lisbon"
    ])
    error_message = "A job calls without a token for its function, or in another zone."
  }
}

run "a_time_that_is_none_is_refused" {
  command = plan
  variables { backup_time = "24:00" }
  expect_failures = [var.backup_time]
}

run "a_zone_that_is_none_is_refused" {
  command = plan
  variables { backup_zone = "CET" }
  expect_failures = [var.backup_zone]
}

run "a_region_outside_of_europe_is_refused" {
  command = plan
  variables { region = "us-central1" }
  expect_failures = [var.region]
}
