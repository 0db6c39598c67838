using BusIngest.Bus.Storage;

namespace BusIngest.Specs.Storage;

public sealed class DataDirectorySpecs : Spec
{
    [Fact]
    public void Should_make_the_directory()
    {
        var path = Path.Combine(Folder, "a", "b");

        Own(DataDirectory.Take(path));

        Assert.True(Directory.Exists(path));
    }

    [Fact]
    public void Should_refuse_a_second_taker()
    {
        Own(DataDirectory.Take(Folder));

        var refusal = Assert.Throws<DataDirectoryException>(() => DataDirectory.Take(Folder));

        Assert.StartsWith($"DATA_DIR: {Folder} can't be taken", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_refuse_a_second_taker_who_comes_by_another_path()
    {
        Own(DataDirectory.Take(Path.Combine(Folder, "data")));
        var link = Directory.CreateSymbolicLink(Path.Combine(Folder, "link"), Path.Combine(Folder, "data"));

        Assert.Throws<DataDirectoryException>(() => DataDirectory.Take(link.FullName));
    }

    [Fact]
    public void Should_be_free_again_when_it_is_given_up()
    {
        DataDirectory.Take(Folder).Dispose();

        Own(DataDirectory.Take(Folder));
    }

    [Fact]
    public void Should_refuse_a_path_that_is_a_file()
    {
        var path = Path.Combine(Folder, "file");
        File.WriteAllText(path, "");

        Assert.Throws<DataDirectoryException>(() => DataDirectory.Take(path));
    }

    [Fact]
    public void Should_give_the_full_path() =>
        Assert.Equal(Folder, Own(DataDirectory.Take(Path.GetRelativePath(Directory.GetCurrentDirectory(), Folder))).Path);
}
