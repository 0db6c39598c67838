using BusIngest.Api.Configuration;

namespace BusIngest.Specs.Configuration;

/// <summary>A working directory and a program directory of one test, and what would be loaded there.</summary>
internal sealed class SettingsFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("busingest-settings-");

    public string Working => Directory.CreateDirectory(Path.Combine(_root.FullName, "working")).FullName;

    private string Program => Directory.CreateDirectory(Path.Combine(_root.FullName, "program")).FullName;

    public SettingsFolder WithJson(string json) => With(Program, "appsettings.json", json);

    public SettingsFolder WithDotEnv(string text) => With(Working, ".env", text);

    public Settings Load(string[]? args = null, params (string Name, string Value)[] environment) =>
        SettingsLoader.Load(args ?? [], environment.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)), Working, Program);

    public IReadOnlyList<string> Refuse(string[]? args = null, params (string Name, string Value)[] environment) =>
        Assert.Throws<SettingsException>(() => Load(args, environment)).Lines;

    public void Dispose() => _root.Delete(recursive: true);

    private SettingsFolder With(string folder, string name, string text)
    {
        File.WriteAllText(Path.Combine(folder, name), text);
        return this;
    }
}
