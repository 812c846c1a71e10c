using Markdig;
using Review.Cli.Output;

namespace Review.Cli.Letters;

/// <summary>Turns the same letters into one page.</summary>
internal static class LetterPage
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    /// <summary>The page.</summary>
    /// <param name="title">The series.</param>
    /// <param name="letters">Subject and Markdown of each letter.</param>
    public static string Render(string title, IEnumerable<(string Subject, string Markdown)> letters) =>
        $"<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{Html.Text(title)}</title>\n"
        + string.Concat(letters.Select(static letter => $"<h2>{Html.Text(letter.Subject)}</h2>\n{Markdown.ToHtml(letter.Markdown, Pipeline)}")) + "</html>\n";
}
