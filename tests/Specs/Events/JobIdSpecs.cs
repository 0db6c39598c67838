using BusIngest.Api.Events;

namespace BusIngest.Specs.Events;

public sealed class JobIdSpecs
{
    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(int.MaxValue)]
    public void Should_read_what_it_wrote(int first)
    {
        var id = new JobId(Guid.NewGuid(), first);

        Assert.True(JobId.TryParse(id.ToString(), out var read));
        Assert.Equal(id, read);
    }

    [Fact]
    public void Should_read_nothing_else()
    {
        var text = new JobId(Guid.NewGuid(), 5).ToString();

        Assert.All(
            [null, "", "x", text[..^1], text + "A", text.ToUpperInvariant() + "!", "ł" + text[1..], (text[0] == 'A' ? 'B' : 'A') + text[1..]],
            wrong => Assert.False(JobId.TryParse(wrong, out _)));
    }
}
