using System.Collections.Immutable;
using System.Globalization;
using Review.Bot.Store;

namespace Review.Dashboard.Pages;

/// <summary>What all pages have in common.</summary>
internal static class Layout
{
    /// <summary>A whole page. It needs no script.</summary>
    public static Markup Page(string title, Markup body) => Markup.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title} - mmreview</title>
        <link rel="stylesheet" href="/dashboard.css">
        <link rel="alternate" type="application/atom+xml" title="Findings" href="/feed.atom">
        </head>
        <body>
        <nav><a href="/">series</a> <a href="/messages">messages</a> <a href="/rules">rules</a> <a href="/feed.atom">feed</a></nav>
        <h1>{title}</h1>
        {body}
        </body>
        </html>

        """);

    /// <summary>A table; its cells are markup.</summary>
    public static Markup Table(ImmutableArray<string> heads, IEnumerable<ImmutableArray<Markup>> rows)
    {
        var body = Markup.Join(rows.Select(static row => Markup.Of($"<tr>{Markup.Join(row.Select(static cell => Markup.Of($"<td>{cell}</td>")))}</tr>\n")));
        return body.ToString().Length == 0
            ? Markup.Of($"<p>None.</p>")
            : Markup.Of($"<div class=\"scroll\"><table><thead><tr>{Markup.Join(heads.Select(static head => Markup.Of($"<th scope=\"col\">{head}</th>")))}</tr></thead><tbody>\n{body}</tbody></table></div>\n");
    }

    public static Markup Text(string text) => Markup.Of($"{text}");

    public static Markup Link(string address, string text) => Markup.Of($"<a href=\"{address}\">{text}</a>");

    /// <summary>A state as a word that also has a colour.</summary>
    public static Markup State(string word) => Markup.Of($"<span class=\"state {word}\">{word}</span>");

    /// <summary>A moment, in UTC.</summary>
    public static Markup Time(DateTimeOffset time) =>
        Markup.Of($"<time datetime=\"{time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}\">{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}</time>");

    public static Markup SeriesLink(SeriesRecord series) => Link($"/series/{series.Id.ToString(CultureInfo.InvariantCulture)}", series.Title);

    public static Markup MessageLink(OutboxRecord message) => Link("/message/" + Uri.EscapeDataString(message.MessageId), message.Subject.Length > 0 ? message.Subject : message.Kind.Word());
}
