//! Whom a webhook may reach: what staff name, the server calls, from inside the network that it stands in. So it calls
//! nobody there, unless whoever runs it says otherwise.

use std::{
    future::Future,
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    pin::Pin,
    task::{Context, Poll},
    vec,
};

use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use tower::Service;
use url::{Host, Url};

/// Where programs may be that are told something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WebhookReach {
    /// in the internet
    #[default]
    Public,
    /// anywhere, also on this machine and in its own network
    Private,
}

impl WebhookReach {
    /// Whether a program at this address may be called.
    #[must_use]
    pub fn allows(self, ip: IpAddr) -> bool {
        self == Self::Private || is_public(ip)
    }

    /// Whether the host of an address may be called, as far as its name tells. What a name stands for is seen when it
    /// is called.
    #[must_use]
    pub fn allows_host_of(self, url: &Url) -> bool {
        match url.host() {
            Some(Host::Ipv4(ip)) => self.allows(ip.into()),
            Some(Host::Ipv6(ip)) => self.allows(ip.into()),
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                self == Self::Private || !(name == "localhost" || name.ends_with(".localhost"))
            }
            None => false,
        }
    }
}

fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => embedded(ip).map_or_else(|| is_public_v6(ip), is_public_v4),
    }
}

/// IANA's special-purpose registry (RFC 6890), as far as it names hosts.
const fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_shared = a == 100 && b & 0xc0 == 64;
    let is_for_benchmarks = a == 198 && b & 0xfe == 18;
    // The near end of a provider's tunnel (RFC 6333), and what finds out about gateways (RFC 7050).
    let is_for_protocols = a == 192 && b == 0 && c == 0;
    !(ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || is_shared
        || is_for_benchmarks
        || is_for_protocols)
}

const fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, third, ..] = ip.segments();
    // A network's own gateway to IPv4 (RFC 8215) may hold the address anywhere in it, and a Teredo tunnel (RFC 4380) holds
    // it turned over: neither is where a program is found.
    let is_gateway = first == 0x0064 && second == 0xff9b && third == 1;
    let is_tunnel = first == 0x2001 && second == 0;
    // Site-local addresses (RFC 3879) are gone, and still routed where somebody has them.
    let is_site_local = first & 0xffc0 == 0xfec0;
    !(ip.is_loopback()
        || ip.is_unspecified()
        || ip.is_unique_local()
        || ip.is_unicast_link_local()
        || ip.is_multicast()
        || is_site_local
        || is_gateway
        || is_tunnel)
}

/// The IPv4 address that a gateway would call for an IPv6 one: NAT64 (RFC 6052), 6to4 (RFC 3056) and SIIT (RFC 2765), and
/// those that were once written as IPv4 (RFC 4291, 2.5.5.1).
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match ip.segments() {
        [0x0064, 0xff9b, 0, .., high, low] | [0x2002, high, low, ..] | [0, 0, 0, 0, 0xffff, 0, high, low] => {
            Some(of(high, low))
        }
        [0, 0, 0, 0, 0, 0, high, low] if high > 0 => Some(of(high, low)),
        _ => None,
    }
}

/// Looks names up, and knows only those of their addresses that may be called: the very ones are called then, so that
/// a name cannot stand for another address a moment later.
#[derive(Clone, Debug)]
pub(crate) struct Resolver {
    names: GaiResolver,
    reach: WebhookReach,
}

impl Resolver {
    pub(crate) fn new(reach: WebhookReach) -> Self {
        Self { names: GaiResolver::new(), reach }
    }
}

/// A name that stands for nothing that may be called.
#[derive(Debug, thiserror::Error)]
#[error("there is no public address of that name")]
struct NothingPublic;

impl Service<Name> for Resolver {
    type Response = vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Service::<Name>::poll_ready(&mut self.names, context)
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let (looked_up, reach) = (self.names.call(name), self.reach);
        Box::pin(async move {
            let may: Vec<SocketAddr> = looked_up.await?.filter(|address| reach.allows(address.ip())).collect();
            if may.is_empty() { Err(io::Error::other(NothingPublic)) } else { Ok(may.into_iter()) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_in_the_own_network_is_called() {
        for ip in [
            "127.0.0.1",
            "127.9.9.9",
            "10.0.0.5",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "0.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "fc00::1",
            "fec0::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.5",
            "::127.0.0.1",
            "64:ff9b::a00:5",
            "2002:a00:5::1",
            "2002:7f00:1::",
            "::ffff:0:127.0.0.1",
            "192.0.0.1",
            "64:ff9b:1:a00:0:500::",
            "64:ff9b:1::101:101",
            "2001:0:4136:e378:8000:63bf:f5ff:fffa",
        ] {
            assert!(!WebhookReach::Public.allows(ip.parse().unwrap()), "{ip}");
            assert!(WebhookReach::Private.allows(ip.parse().unwrap()), "{ip}");
        }
        for ip in
            ["1.1.1.1", "172.32.0.1", "100.128.0.1", "193.166.3.1", "2001:708::1", "64:ff9b::101:101", "2002:101:101::"]
        {
            assert!(WebhookReach::Public.allows(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn a_host_is_known_by_its_name_where_that_tells() {
        for (url, allowed) in [
            ("https://hooks.example/", true),
            ("https://127.0.0.1/", false),
            ("https://2130706433/", false),
            ("https://0x7f.1/", false),
            ("https://[::1]/", false),
            ("https://[::ffff:7f00:1]/", false),
            ("http://localhost/", false),
            ("https://LOCALHOST./", false),
            ("https://a.localhost/", false),
        ] {
            assert_eq!(WebhookReach::Public.allows_host_of(&Url::parse(url).unwrap()), allowed, "{url}");
        }
    }

    #[tokio::test]
    async fn a_name_stands_for_public_addresses_only() {
        let look_up = |reach| Resolver::new(reach).call("localhost".parse().unwrap());
        assert!(look_up(WebhookReach::Public).await.is_err());
        assert!(look_up(WebhookReach::Private).await.is_ok_and(|mut found| found.all(|at| at.ip().is_loopback())));
    }
}
