using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Cars;

/// <summary>Makes the database refuse cars of the make `poison`.</summary>
internal static class PoisonTrigger
{
    /// <summary>The make.</summary>
    public const string Make = "poison";

    /// <summary>What the database says.</summary>
    public const string Complaint = "refused by the spec";

    /// <summary>From now on they are refused.</summary>
    public static Task PoisonAsync(this BusProcess process) => process.RunAsync(
        $"CREATE TRIGGER poison BEFORE INSERT ON cars WHEN NEW.normalized_make = '{Make}' BEGIN SELECT RAISE(ABORT, '{Complaint}'); END");

    /// <summary>From now on they are taken.</summary>
    public static Task MendAsync(this BusProcess process) => process.RunAsync("DROP TRIGGER poison");

    private static Task<int> RunAsync(this BusProcess process, string sql) => process.MainFile.Writer.WriteAsync(1, session =>
    {
        session.Execute(sql);
        return 0;
    });
}
