using System.Reflection;
using BusIngest.Api.Dashboard;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BusIngest.Specs.Dashboard;

public sealed class LoadedComponentSpecs : Spec
{
    [Fact]
    public async Task Should_be_rendered_when_what_it_shows_is_there()
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<Slow>(ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Name"] = "ann" }))).ToHtmlString());
        Assert.Equal("ANN", html);
    }

    [Fact]
    public void Should_be_what_every_component_is_that_waits()
    {
        var components = typeof(LoadedComponent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ComponentBase)) && type != typeof(LoadedComponent)).ToList();
        Assert.InRange(components.Count, 20, 1_000);
        Assert.DoesNotContain(components, type =>
            type.GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Any(method => method.Name is "OnInitializedAsync" or "OnParametersSetAsync"));
    }

    private sealed class Slow : LoadedComponent
    {
        private string _loaded = null!;

        [Parameter]
        public string Name { get; set; } = "";

        protected override async Task LoadAsync()
        {
            await Task.Yield();
            _loaded = Name.ToUpperInvariant();
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, _loaded[..3]);
    }
}
