using System.Text.Json;
using BusIngest.Specs.Telemetry;
using YamlDotNet.Serialization;

namespace BusIngest.Specs.Deployment;

/// <summary>Rules and dashboard ask for what there is.</summary>
public sealed class MonitoringSpecs
{
    private const string Rules = "deploy/prometheus/busingest.rules.yml";
    private const string Dashboard = "deploy/grafana/busingest.json";

    [Theory]
    [InlineData(Rules)]
    [InlineData(Dashboard)]
    public void Should_use_documented_metrics_only(string file) =>
        Assert.Subset(DocumentedMetrics.Names().ToHashSet(StringComparer.Ordinal), DocumentedMetrics.UsedIn(Repository.Text(file)).ToHashSet(StringComparer.Ordinal));

    [Fact]
    public void Should_show_every_metric_of_ours() =>
        Assert.Empty(DocumentedMetrics.Names().Except(DocumentedMetrics.UsedIn(Repository.Text(Dashboard)), StringComparer.Ordinal));

    [Fact]
    public void Should_have_rules_that_can_be_read()
    {
        var groups = (List<object>)Read(Rules)["groups"];
        var rules = groups.Cast<Dictionary<object, object>>().SelectMany(group => (List<object>)group["rules"]).Cast<Dictionary<object, object>>().ToList();
        Assert.InRange(rules.Count, 10, 100);
        Assert.All(rules, rule => Assert.True(rule.ContainsKey("expr") && (rule.ContainsKey("record") || rule.ContainsKey("alert"))));
        Assert.All(rules.Where(rule => rule.ContainsKey("alert")), rule => Assert.Contains("summary", ((Dictionary<object, object>)rule["annotations"]).Keys));
        Assert.Equal(rules.Count, rules.Select(rule => rule.GetValueOrDefault("record") ?? rule["alert"]).Distinct().Count());
    }

    [Fact]
    public void Should_name_the_rules_where_prometheus_reads_its_configuration() =>
        Assert.Equal(["busingest.rules.yml"], (List<object>)Read("deploy/prometheus/prometheus.yml")["rule_files"]);

    [Fact]
    public void Should_have_panels_that_do_not_overlap()
    {
        var panels = JsonSerializer.Deserialize<JsonElement>(Repository.Text(Dashboard)).GetProperty("panels").EnumerateArray()
            .Select(panel => panel.GetProperty("gridPos"))
            .Select(at => (X: Number(at, "x"), Y: Number(at, "y"), W: Number(at, "w"), H: Number(at, "h"))).ToList();
        Assert.All(panels, panel => Assert.InRange(panel.X + panel.W, 1, 24));
        for (var i = 0; i < panels.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (a, b) = (panels[i], panels[j]);
                Assert.False(a.X < b.X + b.W && b.X < a.X + a.W && a.Y < b.Y + b.H && b.Y < a.Y + a.H, $"panels {i} and {j}");
            }
        }

        static int Number(JsonElement at, string name) => at.GetProperty(name).GetInt32();
    }

    private static Dictionary<object, object> Read(string file) =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(Repository.Text(file));
}
