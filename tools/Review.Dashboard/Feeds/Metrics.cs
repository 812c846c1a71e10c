using System.Globalization;
using System.Text;
using Review.Bot.Store;

namespace Review.Dashboard.Feeds;

/// <summary>Counts in the text format of Prometheus, version 0.0.4.</summary>
internal static class Metrics
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(BotStore store)
    {
        var text = new StringBuilder();
        Family("mmreview_bot_series", "Series by their state.", store.SeriesCounts().Select(static pair => (pair.Key, (double)pair.Value)), "state");
        Family("mmreview_bot_messages", "Messages by their state.", store.MessageCounts().Select(static pair => (pair.Key, (double)pair.Value)), "state");
        var sources = store.Sources();
        var leftOut = store.LeftOutCounts();
        Family("mmreview_bot_source_failures", "Times in a row that a source could not be read.", sources.Select(static source => (source.Name, (double)source.Failures)), "source");
        Family("mmreview_bot_source_checked_timestamp_seconds", "When a source was looked at last, in seconds since 1970.", sources.Select(static source => (source.Name, (double)source.CheckedAt.ToUnixTimeSeconds())), "source");
        Family("mmreview_bot_source_left_out", "Mails that cannot be read or have no Message-ID, by source.", sources.Select(source => (source.Name, (double)leftOut.GetValueOrDefault(source.Name))), "source");
        var rules = store.Ledger();
        Family("mmreview_bot_findings_said", "Findings that left the bot, drafts included, by their rule.", rules.Select(static rule => (rule.Rule, (double)rule.Said)), "rule");
        Family("mmreview_bot_findings_wrong", "Findings that people called wrong, by their rule.", rules.Select(static rule => (rule.Rule, (double)rule.Wrong)), "rule");
        return text.ToString();

        void Family(string name, string help, IEnumerable<(string Label, double Value)> values, string label)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n");
            foreach (var (of, value) in values)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"{name}{{{label}=\"{Escape(of)}\"}} {value}\n");
            }
        }
    }

    private static string Escape(string label) => label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
