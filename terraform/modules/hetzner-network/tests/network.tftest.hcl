variables {
  environment      = "staging"
  ip_range         = "10.20.0.0/16"
  nodes_ip_range   = "10.20.1.0/24"
  backup_ip_range  = "10.20.2.0/28"
  ssh_source_cidrs = ["203.0.113.7/32"]
}

run "nothing_but_web_and_restricted_ssh_comes_in" {
  command = plan

  assert {
    condition     = toset([for rule in hcloud_firewall.nodes.rule : rule.port]) == toset(["22", "80", "443"])
    error_message = "The nodes' firewall opens other ports than 22, 80 and 443."
  }
  assert {
    condition = alltrue([
      for rule in hcloud_firewall.nodes.rule : rule.source_ips == toset(["203.0.113.7/32"]) if rule.port == "22"
    ])
    error_message = "SSH is open to more than its source ranges."
  }
  assert {
    condition     = length(hcloud_firewall.backup.rule) == 0
    error_message = "The backup server's firewall has a rule; it has to let nothing in."
  }
}

run "the_network_is_protected" {
  command = plan

  assert {
    condition     = hcloud_network.this.delete_protection
    error_message = "The network can be deleted."
  }
  assert {
    condition = (
      hcloud_network_subnet.nodes.ip_range == "10.20.1.0/24"
      && hcloud_network_subnet.backup.ip_range == "10.20.2.0/28"
    )
    error_message = "A subnet has another range than was asked for."
  }
}

run "an_unknown_environment_is_refused" {
  command = plan
  variables { environment = "production" }
  expect_failures = [var.environment]
}

run "an_unknown_zone_is_refused" {
  command = plan
  variables { network_zone = "eu-west" }
  expect_failures = [var.network_zone]
}

run "a_range_that_is_none_is_refused" {
  command = plan
  variables { nodes_ip_range = "10.20.1.0/33" }
  expect_failures = [var.nodes_ip_range]
}

run "a_public_range_is_refused" {
  command = plan
  variables {
    ip_range        = "203.0.0.0/16"
    nodes_ip_range  = "203.0.1.0/24"
    backup_ip_range = "203.0.2.0/28"
  }
  expect_failures = [var.ip_range]
}

run "a_range_that_begins_in_its_middle_is_refused" {
  command = plan
  variables { ip_range = "10.20.0.1/16" }
  expect_failures = [var.ip_range]
}

run "a_subnet_outside_of_the_network_is_refused" {
  command = plan
  variables { nodes_ip_range = "10.21.1.0/24" }
  expect_failures = [var.nodes_ip_range]
}

run "subnets_that_overlap_are_refused" {
  command = plan
  variables { backup_ip_range = "10.20.1.128/28" }
  expect_failures = [var.backup_ip_range]
}

run "a_subnet_of_the_backup_before_that_of_the_nodes_is_refused" {
  command = plan
  variables {
    nodes_ip_range  = "10.20.10.0/24"
    backup_ip_range = "10.20.9.0/28"
  }
  expect_failures = [var.backup_ip_range]
}

run "ssh_for_everybody_is_refused" {
  command = plan
  variables { ssh_source_cidrs = ["0.0.0.0/0"] }
  expect_failures = [var.ssh_source_cidrs]
}

run "ssh_for_nobody_is_refused" {
  command = plan
  variables { ssh_source_cidrs = [] }
  expect_failures = [var.ssh_source_cidrs]
}
