using System.Collections.Immutable;
using Review.Bot.Reviewing;
using Review.Cli.Commands;
using Review.Cli.Letters;
using Review.Cli.Pages;
using Review.Core.Engine;

namespace Review.Cli.Bot;

/// <summary>Letters and rule pages as text of mails.</summary>
internal sealed class RuleLetters : ILetters
{
    private const int Width = 72;

    private readonly Lazy<RuleCatalog> rules = new(static () => RuleAssemblies.LoadCatalog());

    public string Text(string markdown) => MailTextRenderer.Render(markdown);

    public string? Explain(string rule) =>
        rules.Value.Find(rule)?.ReadPage() is { } page ? RulePage.Parse(page).ToTerminal(Width, useColors: false) : null;

    public ImmutableArray<string> HeardAs(string rule) => rules.Value.Find(rule)?.HeardAs() ?? [];
}
