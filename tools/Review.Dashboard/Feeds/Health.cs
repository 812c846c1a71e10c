using System.Text.Json;
using Review.Bot.Store;

namespace Review.Dashboard.Feeds;

/// <summary>Whether the bot gets on.</summary>
/// <param name="IsWell">False if a source fails again and again.</param>
/// <param name="Json">The same in words.</param>
internal sealed record Health(bool IsWell, string Json)
{
    /// <summary>A source may fail a few times: networks do.</summary>
    private const int Patience = 3;

    public static Health Of(BotStore store)
    {
        var failing = store.Sources().Where(static source => source.Failures >= Patience).ToDictionary(static source => source.Name, static source => source.Problem ?? "", StringComparer.Ordinal);
        return new Health(failing.Count == 0, JsonSerializer.Serialize(new { status = failing.Count == 0 ? "ok" : "failing", failing }) + "\n");
    }
}
