using Review.Bot.Reviewing;
using Review.Cli.Commands;
using Review.Cli.Letters;
using Review.Cli.Pages;

namespace Review.Cli.Bot;

/// <summary>Letters and rule pages as text of mails.</summary>
internal sealed class RuleLetters : ILetters
{
    private const int Width = 72;

    public string Text(string markdown) => MailTextRenderer.Render(markdown);

    public string? Explain(string rule) =>
        RuleAssemblies.LoadCatalog().Find(rule)?.ReadPage() is { } page ? RulePage.Parse(page).ToTerminal(Width, useColors: false) : null;
}
