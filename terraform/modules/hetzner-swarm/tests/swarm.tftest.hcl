variables {
  environment = "staging"
  nodes = {
    staging-node-1 = { ip = "10.20.1.11" }
    staging-node-2 = { ip = "10.20.1.12" }
    staging-node-3 = { ip = "10.20.1.13", location = "hel1" }
  }
  location    = "nbg1"
  server_type = "cpx22"
  ssh_keys = {
    operator = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExampleExamp"
  }
  nodes_subnet_id = "1-10.20.1.0/24"
  nodes_ip_range  = "10.20.1.0/24"
  firewall_id     = "7"
}

run "three_protected_nodes_behind_the_firewall" {
  command = plan

  assert {
    condition     = length(hcloud_server.nodes) == 3 && hcloud_placement_group.this.type == "spread"
    error_message = "There must be three nodes in a spread placement group."
  }
  assert {
    condition     = alltrue([for node in hcloud_server.nodes : node.delete_protection && node.rebuild_protection])
    error_message = "A node can be deleted or rebuilt."
  }
  assert {
    condition     = alltrue([for node in hcloud_server.nodes : node.firewall_ids == toset([7])])
    error_message = "A node stands without its firewall."
  }
  assert {
    condition = (
      hcloud_server.nodes["staging-node-1"].location == "nbg1"
      && hcloud_server.nodes["staging-node-3"].location == "hel1"
    )
    error_message = "A node stands somewhere else than it should."
  }
}

run "nodes_join_their_subnet_by_attachments_of_their_own" {
  command = plan

  assert {
    condition = alltrue([
      for name, node in hcloud_server.nodes :
      length(node.network) == 0
      && hcloud_server_network.nodes[name].subnet_id == "1-10.20.1.0/24"
      && output.nodes[name].private_ipv4 == var.nodes[name].ip
    ])
    error_message = "A node is not in its subnet under its address, or would be taken off the network by every apply."
  }
}

run "an_even_number_of_managers_is_refused" {
  command = plan
  variables {
    nodes = {
      a1 = { ip = "10.20.1.11" }
      a2 = { ip = "10.20.1.12" }
      a3 = { ip = "10.20.1.13" }
      a4 = { ip = "10.20.1.14" }
    }
  }
  expect_failures = [var.nodes]
}

run "one_address_for_two_nodes_is_refused" {
  command = plan
  variables {
    nodes = {
      a1 = { ip = "10.20.1.11" }
      a2 = { ip = "10.20.1.11" }
      a3 = { ip = "10.20.1.13" }
    }
  }
  expect_failures = [var.nodes]
}

run "an_address_outside_of_the_subnet_is_refused" {
  command = plan
  variables {
    nodes = {
      a1 = { ip = "10.20.2.11" }
      a2 = { ip = "10.20.1.12" }
      a3 = { ip = "10.20.1.13" }
    }
  }
  expect_failures = [var.nodes]
}

run "a_place_that_does_not_exist_is_refused" {
  command = plan
  variables { location = "nbg2" }
  expect_failures = [var.location]
}

run "a_server_type_that_is_gone_is_refused" {
  command = plan
  variables { server_type = "cx11" }
  expect_failures = [var.server_type]
}

run "nodes_without_a_key_are_refused" {
  command = plan
  variables { ssh_keys = {} }
  expect_failures = [var.ssh_keys]
}

run "a_private_key_is_refused" {
  command = plan
  variables { ssh_keys = { operator = "-----BEGIN OPENSSH PRIVATE KEY-----" } }
  expect_failures = [var.ssh_keys]
}
