using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Review.Bot.Store;
using Review.Dashboard.Feeds;
using Review.Dashboard.Pages;

namespace Review.Dashboard;

/// <summary>Shows the bot's state on this machine's loopback, and nowhere else.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    private const string Policy = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private readonly BotStore store;
    private readonly int wrongLimit;
    private readonly TimeProvider clock;
    private readonly OperatorKey key = new();
    private readonly WebApplication application;

    /// <param name="store">The bot's state.</param>
    /// <param name="wrongLimit">How many findings of a rule may be called wrong before it stops.</param>
    /// <param name="port">The port; 0 for one that is free.</param>
    /// <param name="clock">Tells the time.</param>
    public DashboardServer(BotStore store, int wrongLimit, int port, TimeProvider clock)
    {
        (this.store, this.wrongLimit, this.clock) = (store, wrongLimit, clock);
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 16 * 1024;
        });
        application = builder.Build();
        _ = application.Use(Guard);
        Map();
    }

    /// <summary>The address without a slash at the end; there once it is started.</summary>
    public string Address => application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>The address that makes a browser the operator's.</summary>
    public string OperatorAddress => $"{Address}/operator?token={key.Token}";

    public Task StartAsync() => application.StartAsync();

    /// <summary>Waits until somebody ends the process.</summary>
    public Task WaitAsync() => application.WaitForShutdownAsync();

    public ValueTask DisposeAsync() => application.DisposeAsync();

    /// <summary>Answers nobody who was sent here under another name: a page elsewhere may let its own name point to this machine.</summary>
    private static Task Guard(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        if (context.Request.Host.Host is "127.0.0.1" or "localhost")
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    }

    private void Map()
    {
        _ = application.MapGet("/", (long? before) => Html(SeriesListPage.Show(store, before)));
        _ = application.MapGet("/series/{id:long}", (long id) => store.Series(id) is { } series ? Html(SeriesPage.Show(store, series)) : NotFound());
        _ = application.MapGet("/messages", () => Html(MessageListPage.Show(store)));
        _ = application.MapGet("/message/{id}", (string id, HttpRequest request) =>
            store.Message(id) is { } message ? Html(MessagePage.Show(message, key.IsOperator(request) ? key.FormKey : null)) : NotFound());
        _ = application.MapPost("/message/{id}/adopt", (string id, HttpRequest request) => ActAsync(id, request, store.Adopt));
        _ = application.MapPost("/message/{id}/discard", (string id, HttpRequest request) => ActAsync(id, request, store.Discard));
        _ = application.MapGet("/rules", () => Html(RulesPage.Show(store, wrongLimit)));
        _ = application.MapGet("/operator", (string? token, HttpContext context) => key.SignIn(context, token) ? Results.Redirect("/messages") : Results.StatusCode(StatusCodes.Status403Forbidden));
        _ = application.MapGet("/feed.atom", (HttpRequest request) => Results.Bytes(AtomFeed.Write(store, $"{request.Scheme}://{request.Host}"), "application/atom+xml; charset=utf-8"));
        _ = application.MapGet("/metrics", () => Results.Text(Metrics.Write(store), Metrics.ContentType));
        _ = application.MapGet("/health", () => Health.Of(store) is var health ? Results.Text(health.Json, "application/json", statusCode: health.IsWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable) : null);
        _ = application.MapGet("/dashboard.css", static () => Results.Stream(typeof(DashboardServer).Assembly.GetManifestResourceStream("dashboard.css")!, "text/css; charset=utf-8"));
    }

    private async Task<IResult> ActAsync(string id, HttpRequest request, Func<string, DateTimeOffset, bool> act)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync().ConfigureAwait(false) : null;
        if (!key.Accepts(request, form?["key"]))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        // Whoever was faster has decided; the page shows what became of it.
        _ = act(id, clock.GetUtcNow());
        return store.Message(id) is null ? NotFound() : Results.Redirect("/message/" + Uri.EscapeDataString(id));
    }

    private static IResult Html(Markup page) => Results.Text(page.ToString(), "text/html; charset=utf-8");

    private static IResult NotFound() => Results.Text(Layout.Page("There is no such page", Markup.Empty).ToString(), "text/html; charset=utf-8", statusCode: StatusCodes.Status404NotFound);
}
