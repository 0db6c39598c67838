using FsCheck.Fluent;

namespace BusIngest.Specs.Storage;

public sealed class SqliteWriterProperties : Spec
{
    [Fact]
    public async Task Should_store_what_succeeded_and_nothing_else()
    {
        var file = Own(await WriterFile.OpenAsync(Folder));
        var run = 0;

        // Each caller: whether it throws.
        var callers = Gen.Elements(true, false, false).ListOf().ToArbitrary();
        await Properties.CheckAsync(
            Prop.ForAll(callers, async throwing =>
            {
                var name = $"{run++}-";
                var outcomes = await Task.WhenAll(throwing.Select((throws, i) => AddAsync(file, name + i, throws)));
                var stored = file.Stored().Where(stored => stored.StartsWith(name, StringComparison.Ordinal));
                Assert.Equal(outcomes.OfType<string>(), stored, StringComparer.Ordinal);
            }),
            examples: 40);
    }

    private static async Task<string?> AddAsync(WriterFile file, string name, bool throws)
    {
        try
        {
            await file.Writer.WriteAsync(1, session =>
            {
                WriterFile.Insert(session, name);
                return throws ? throw new FormatException() : 0;
            });
            return name;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
