using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace BusIngest.Bus.Storage;

/// <summary>Makes Microsoft.Data.Sqlite and the writers run on the platform's own SQLite.</summary>
/// <remarks>
/// Microsoft.Data.Sqlite 10 asks for SQLitePCLRaw.core 2.1.13; 2.0.6, which is what we have, lacks only members that nothing
/// here calls. It is resolved by name, and `e_sqlite3` is mapped to the system's library.
/// </remarks>
public static class SqliteNative
{
    private const string Core = "SQLitePCLRaw.core";
    private static readonly Version OldestVersion = new(3, 38);
    private static int _initialized;

    /// <summary>Installs the hook once; later calls do nothing.</summary>
    /// <exception cref="PlatformNotSupportedException">No SQLite of at least 3.38 is installed.</exception>
    public static void Initialize()
    {
        if (Interlocked.Exchange(ref _initialized, 1) == 1)
            return;

        AssemblyLoadContext.Default.Resolving += static (context, name) =>
            string.Equals(name.Name, Core, StringComparison.Ordinal)
                ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, Core + ".dll"))
                : null;
        UsePlatformLibrary();
    }

#pragma warning disable CA2255 // The hook has to stand before the first connection of whoever loads this library.
    [ModuleInitializer]
    internal static void OnLoad() => Initialize();
#pragma warning restore CA2255

    private static void UsePlatformLibrary()
    {
        NativeLibrary.SetDllImportResolver(
            typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly,
            static (library, _, _) => string.Equals(library, "e_sqlite3", StringComparison.Ordinal) ? LoadSqlite() : IntPtr.Zero);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
        // It counts its memory under one lock for all connections, at each allocation: about a fifth of an insert's CPU. It was initialized before
        // if it answers that it can't be told any more; it works as well then.
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);

        var version = Version.Parse(SQLitePCL.raw.sqlite3_libversion().utf8_to_string());
        if (version < OldestVersion)
            throw new PlatformNotSupportedException($"SQLite {version} is installed; at least {OldestVersion} is needed.");
    }

    private static IntPtr LoadSqlite()
    {
        foreach (var name in Names())
        {
            if (NativeLibrary.TryLoad(name, out var handle))
                return handle;
        }

        throw new PlatformNotSupportedException(
            "No SQLite library was found. Install SQLite 3.38 or newer (Debian and Ubuntu: apt install libsqlite3-0).");
    }

    private static string[] Names() =>
        OperatingSystem.IsWindows() ? ["e_sqlite3", "sqlite3", "winsqlite3"]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib", "/usr/lib/libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];
}
