using BusIngest.Api.Events;

namespace BusIngest.Specs.Events;

public sealed class JobIdSpecs
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(999, 1_000)]
    [InlineData((1 << 22) - 1, 1_024)]
    [InlineData(int.MaxValue, 0)]
    public void Should_read_what_it_wrote(int first, int count)
    {
        var id = new JobId(Guid.NewGuid(), first, count);

        Assert.True(JobId.TryParse(id.ToString(), out var read));
        Assert.Equal(id, read);
    }

    /// <summary>It was given out by an earlier version, for the first of a message's batches.</summary>
    [Fact]
    public void Should_read_what_an_earlier_version_gave_out()
    {
        Assert.True(JobId.TryParse("AaIs8SmUcmyaT-H4vQ80tgAAAADEOCRH", out var id));
        Assert.Equal(new JobId(new Guid("01a22cf1-2994-726c-9a4f-e1f8bd0f34b6"), 0, 0), id);
    }

    [Fact]
    public void Should_read_nothing_else()
    {
        var text = new JobId(Guid.NewGuid(), 5, 7).ToString();

        Assert.All(
            [null, "", "x", text[..^1], text + "A", text.ToUpperInvariant() + "!", "ł" + text[1..], (text[0] == 'A' ? 'B' : 'A') + text[1..]],
            wrong => Assert.False(JobId.TryParse(wrong, out _)));
    }
}
