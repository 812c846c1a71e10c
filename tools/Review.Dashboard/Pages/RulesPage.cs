using System.Collections.Immutable;
using Review.Bot.Store;

namespace Review.Dashboard.Pages;

/// <summary>How the rules do in people's eyes, and who asked for silence.</summary>
internal static class RulesPage
{
    /// <param name="store">The bot's state.</param>
    /// <param name="wrongLimit">How many findings of a rule may be called wrong before it stops.</param>
    public static Markup Show(BotStore store, int wrongLimit) => Layout.Page("Rules", Markup.Of($"""
        {Layout.Table(
            ["rule", "said", "called wrong", "known already", "mails"],
            store.Ledger().Select(rule => (ImmutableArray<Markup>)
            [
                Layout.Text(rule.Rule), Markup.Of($"{rule.Said}"), Markup.Of($"{rule.Wrong}"), Markup.Of($"{rule.Known}"),
                rule.CountedWrong >= wrongLimit ? Markup.Of($"<span class=\"state failed\">stopped: {rule.CountedWrong} called wrong</span>") : Layout.Text("yes"),
            ]))}
        <h2>Muted</h2>
        {Layout.Table(["what", "which", "by", "since"], store.Mutes().Select(static mute => (ImmutableArray<Markup>)[Layout.Text(mute.Scope), Layout.Text(mute.Value), Layout.Text(mute.Person), Layout.Time(mute.At)]))}
        """));
}
