using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace BusIngest.Api.Dashboard;

/// <summary>Renders components to text.</summary>
internal sealed class PageRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    /// <summary>Renders a page's content, in a scope of its own.</summary>
    /// <param name="page">The page.</param>
    /// <param name="query">What of it.</param>
    public Task<string> RenderAsync(DashboardPage page, ViewQuery query) => RenderAsync(page.Component, query, ParameterView.Empty);

    /// <summary>Renders a component with parameters.</summary>
    public Task<string> RenderAsync<TComponent>(IDictionary<string, object?> parameters)
        where TComponent : IComponent => RenderAsync(typeof(TComponent), null, ParameterView.FromDictionary(parameters));

    private async Task<string> RenderAsync(Type component, ViewQuery? query, ParameterView parameters)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (query is not null)
            scope.ServiceProvider.GetRequiredService<ViewQuery>().Set(query);
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync(component, parameters)).ToHtmlString());
    }
}
