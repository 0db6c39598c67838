using System.Net;
using BusIngest.Workers.Net;
using FsCheck;
using FsCheck.Fluent;

namespace BusIngest.Specs.Timers.Webhooks;

public sealed class PublicAddressProperties
{
    private static readonly Gen<byte> AnyByte = Gen.Choose(0, 255).Select(value => (byte)value);

    /// <summary>Any IPv4 address, with those first bytes often drawn that blocks begin with.</summary>
    private static Arbitrary<byte[]> Addresses4 { get; } = (
        from first in Gen.OneOf(AnyByte, Gen.Elements<byte>(0, 10, 100, 127, 169, 172, 192, 198, 203, 224, 240))
        from second in Gen.OneOf(AnyByte, Gen.Elements<byte>(0, 16, 18, 31, 51, 64, 88, 127, 168, 254))
        from rest in AnyByte.ArrayOf(2)
        select new[] { first, second, rest[0], rest[1] }).ToArbitrary();

    [Fact]
    public Task Should_refuse_every_mapped_and_every_compatible_address() => Properties.CheckAsync(
        Prop.ForAll(Addresses4, bytes =>
        {
            Assert.False(PublicAddress.IsPublic(new IPAddress(bytes).MapToIPv6()));
            Assert.False(PublicAddress.IsPublic(Within(prefix: [], at: 12, bytes)));
        }),
        examples: 500);

    [Fact]
    public Task Should_judge_an_embedded_address_as_if_it_stood_alone() => Properties.CheckAsync(
        Prop.ForAll(Addresses4, bytes =>
        {
            var alone = PublicAddress.IsPublic(new IPAddress(bytes));

            Assert.Equal(alone, PublicAddress.IsPublic(Within([0x00, 0x64, 0xff, 0x9b], at: 12, bytes)));
            Assert.Equal(alone, PublicAddress.IsPublic(Within([0x20, 0x02], at: 2, bytes)));
        }),
        examples: 500);

    [Fact]
    public Task Should_let_pass_no_private_address() => Properties.CheckAsync(
        Prop.ForAll(Addresses4, bytes =>
        {
            // Told apart by hand, not by networks.
            var isPrivate = bytes is [10 or 127 or 0, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [169, 254, ..]
                or [100, >= 64 and <= 127, ..] or [198, 18 or 19, ..] or [192, 0, 0 or 2, _] or [192, 88, 99, _]
                or [198, 51, 100, _] or [203, 0, 113, _] or [>= 224, ..];

            Assert.Equal(!isPrivate, PublicAddress.IsPublic(new IPAddress(bytes)));
        }),
        examples: 2_000);

    [Fact]
    public Task Should_let_pass_global_unicast_only() => Properties.CheckAsync(
        Prop.ForAll(AnyByte.ArrayOf(16).ToArbitrary(), bytes =>
            Assert.True((bytes[0] & 0xe0) == 0x20 || !PublicAddress.IsPublic(new IPAddress(bytes)))),
        examples: 500);

    private static IPAddress Within(byte[] prefix, int at, byte[] address4)
    {
        var bytes = new byte[16];
        prefix.CopyTo(bytes, 0);
        address4.CopyTo(bytes, at);
        return new IPAddress(bytes);
    }
}
