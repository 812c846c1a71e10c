using Markdig;
using Markdig.Syntax;
using Review.Cli.Output;

namespace Review.Cli.Pages;

/// <summary>A rule's page: Markdown with tables; raw HTML in it is text.</summary>
internal sealed class RulePage
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    private readonly MarkdownDocument document;

    private RulePage(MarkdownDocument document) => this.document = document;

    /// <summary>Reads a page; every text is Markdown.</summary>
    public static RulePage Parse(string markdown) => new(Markdown.Parse(markdown, Pipeline));

    /// <summary>The page for a terminal or a pipe.</summary>
    /// <param name="width">Columns to wrap at, from 20.</param>
    /// <param name="useColors">True if the output is a terminal and nobody objects.</param>
    public string ToTerminal(int width, bool useColors) => new TerminalPage(new Ansi(useColors), useColors).Render(document, Math.Max(width, 20));

    /// <summary>The page as one self-contained file.</summary>
    public string ToHtml(string title) =>
        HtmlPage.Render(title, Html.Of($"<main class=\"prose\">\n{Html.Raw(document.ToHtml(Pipeline))}</main>\n"));
}
