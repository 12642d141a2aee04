//! Where a request comes from: the one place that decides it.
//!
//! Behind a web server every connection comes from that web server, which is nobody's address. Only one that was named
//! (`--trusted-proxy`) is believed when it says for whom it asks. Where nothing is known there is no source, and only
//! the limits over all apply: many people must never be taken for one.
//!
//! An address is looked at and forgotten. It is neither stored nor logged.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv6Addr},
};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, request::Parts},
};
use ipnet::IpNet;

/// `Forwarded` (RFC 7239) is not read: a web server that writes the one header passes the other on as its client
/// wrote it, so that reading both would let anybody choose.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The web servers between visitors and this server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies {
    named: Vec<IpNet>,
    is_unnamed: bool,
}

impl Proxies {
    /// With those that were named. Where there are none and people come by https, which this server does not speak,
    /// somebody stands in between whom nobody named.
    #[must_use]
    pub fn new(named: Vec<IpNet>, is_https: bool) -> Self {
        let is_unnamed = named.is_empty() && is_https;
        Self { named, is_unnamed }
    }

    /// Whether a web server stands in front of this one, and nobody named it: then no source is known.
    #[must_use]
    pub const fn is_unnamed(&self) -> bool {
        self.is_unnamed
    }

    /// The source of a connection; `None` where others come by the same way.
    #[must_use]
    pub fn of_connection(&self, peer: IpAddr) -> Option<IpAddr> {
        let peer = peer.to_canonical();
        (!self.is_unnamed && !self.is_on_the_way(peer)).then(|| source(peer))
    }

    /// The source of a request: the last address on its way that is not one of ours.
    #[must_use]
    pub fn of_request(&self, peer: IpAddr, headers: &HeaderMap) -> Option<IpAddr> {
        if !self.is_named(peer.to_canonical()) {
            return self.of_connection(peer);
        }
        let lines = headers.get_all(FORWARDED_FOR).into_iter().filter_map(|line| line.to_str().ok());
        let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
        for hop in hops.into_iter().rev() {
            // Whatever stands before something unreadable was written by nobody that is known.
            let hop = address(hop.trim())?;
            if !self.is_on_the_way(hop) {
                return Some(source(hop));
            }
        }
        None
    }

    fn is_named(&self, address: IpAddr) -> bool {
        self.named.iter().any(|network| network.contains(&address))
    }

    fn is_on_the_way(&self, address: IpAddr) -> bool {
        address.is_loopback() || self.is_named(address)
    }
}

/// What `--trusted-proxy` takes: an address or a network.
///
/// # Errors
/// A sentence for whoever typed something else.
pub fn parse_proxy(typed: &str) -> Result<IpNet, String> {
    let network = typed.parse().or_else(|_| typed.parse::<IpAddr>().map(IpNet::from));
    network.map_err(|_| "an address or a network such as 127.0.0.1, 10.0.0.0/8 or fd00::/8".to_owned())
}

/// What counts as one: an address, or the /64 of an IPv6 address, within which a device takes any it likes.
fn source(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into(),
    }
}

/// An address as web servers write it: perhaps in brackets, perhaps with a port.
fn address(hop: &str) -> Option<IpAddr> {
    let bare = match hop.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.0,
        None if hop.matches(':').count() == 1 => hop.split_once(':')?.0,
        None => hop,
    };
    bare.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

/// The source of a request, as its connection found it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Source(
    /// `None`: not known
    pub Option<IpAddr>,
);

impl<S: Sync> FromRequestParts<S> for Source {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn proxies(named: &[&str]) -> Proxies {
        Proxies::new(named.iter().map(|typed| parse_proxy(typed).unwrap()).collect(), true)
    }

    fn forwarded(lines: &[&'static str]) -> HeaderMap {
        lines.iter().map(|line| (FORWARDED_FOR, line.parse().unwrap())).collect()
    }

    #[test]
    fn who_comes_directly_is_a_source_whatever_it_claims() {
        let direct = Proxies::new(Vec::new(), false);
        let spoofed = forwarded(&["198.51.100.9"]);
        assert_eq!(direct.of_request(ip("192.0.2.7"), &spoofed), Some(ip("192.0.2.7")));
        let behind = proxies(&["10.0.0.1"]);
        assert_eq!(behind.of_request(ip("192.0.2.7"), &spoofed), Some(ip("192.0.2.7")), "not by the named one");
        assert_eq!(direct.of_request(ip("127.0.0.1"), &spoofed), None, "loopback is believed only where it is named");
        assert_eq!(direct.of_connection(ip("::1")), None);
    }

    #[test]
    fn behind_somebody_unnamed_nobody_is_a_source() {
        let unnamed = proxies(&[]);
        assert!(unnamed.is_unnamed());
        assert_eq!(unnamed.of_request(ip("172.17.0.1"), &forwarded(&["198.51.100.9"])), None);
        assert_eq!(unnamed.of_connection(ip("172.17.0.1")), None);
    }

    #[test]
    fn a_named_web_server_says_for_whom_it_asks() {
        let behind = proxies(&["127.0.0.1", "10.0.0.0/8"]);
        for (lines, source) in [
            (&["198.51.100.9"][..], Some("198.51.100.9")),
            // What the client wrote itself stands further left.
            (&["203.0.113.1, 198.51.100.9"], Some("198.51.100.9")),
            (&["203.0.113.1", "198.51.100.9"], Some("198.51.100.9")),
            (&["203.0.113.1, 198.51.100.9, 10.1.2.3,127.0.0.1"], Some("198.51.100.9")),
            (&["198.51.100.9:4711"], Some("198.51.100.9")),
            (&["::ffff:198.51.100.9"], Some("198.51.100.9")),
            (&["[2001:db8:1:2:3::4]:4711"], Some("2001:db8:1:2::")),
            (&["2001:db8:1:2:ffff::9"], Some("2001:db8:1:2::")),
            (&["198.51.100.9, unknown"], None),
            (&["198.51.100.9, "], None),
            (&["10.0.0.9"], None),
            (&[], None),
        ] {
            for peer in ["127.0.0.1", "::ffff:10.9.9.9"] {
                assert_eq!(behind.of_request(ip(peer), &forwarded(lines)), source.map(ip), "{lines:?}");
            }
        }
        assert_eq!(behind.of_connection(ip("10.9.9.9")), None, "it is never taken for one client");
    }

    #[test]
    fn networks_and_addresses_are_taken() {
        for typed in ["127.0.0.1", "::1", "10.0.0.0/8", "fd00::/8"] {
            assert!(parse_proxy(typed).is_ok(), "{typed}");
        }
        for typed in ["", "localhost", "10.0.0.0/33", "10.0.0"] {
            assert!(parse_proxy(typed).is_err(), "{typed}");
        }
    }
}
