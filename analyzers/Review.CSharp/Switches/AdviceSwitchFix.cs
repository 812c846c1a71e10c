using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Review.CSharp.Switches;

/// <summary>Names the advice that a switch leaves out; each throws until somebody decides what it means.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AdviceSwitchFix))]
[Shared]
public sealed class AdviceSwitchFix : CodeFixProvider
{
    private const string Thrown = "throw new global::System.NotSupportedException(\"an advice that nobody has decided about\")";

    public override ImmutableArray<string> FixableDiagnosticIds => [AdviceSwitchAnalyzer.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).AncestorsAndSelf().FirstOrDefault(static node => node is SwitchStatementSyntax or SwitchExpressionSyntax) is { } @switch
                && diagnostic.Properties[AdviceSwitchAnalyzer.MissingProperty] is { } missing)
            {
                context.RegisterCodeFix(
                    CodeAction.Create("Name the advice that is left out", cancellation => NameAsync(context.Document, @switch, missing.Split(','), cancellation), nameof(AdviceSwitchFix)), diagnostic);
            }
        }
    }

    private static async Task<Document> NameAsync(Document document, SyntaxNode @switch, string[] missing, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var subject = @switch is SwitchStatementSyntax statement ? statement.Expression : ((SwitchExpressionSyntax)@switch).GoverningExpression;
        var type = model.GetTypeInfo(subject, cancellation).Type!.ToMinimalDisplayString(model, subject.SpanStart);
        SyntaxNode changed = @switch switch
        {
            SwitchStatementSyntax old => old.WithSections(Insert(old.Sections, Section(missing, type))),
            SwitchExpressionSyntax old => old.WithArms(Insert(old.Arms, Arm(missing, type))),
            _ => @switch,
        };
        return document.WithSyntaxRoot(root.ReplaceNode(@switch, changed.WithAdditionalAnnotations(Formatter.Annotation)));
    }

    private static SwitchSectionSyntax Section(string[] missing, string type)
    {
        var labels = string.Concat(missing.Select(name => $"case {type}.{name}:\n"));
        return ((SwitchStatementSyntax)SyntaxFactory.ParseStatement($"switch (0)\n{{\n{labels}{Thrown};\n}}\n")).Sections[0].WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static SwitchExpressionArmSyntax Arm(string[] missing, string type)
    {
        var pattern = string.Join(" or ", missing.Select(name => $"{type}.{name}"));
        return ((SwitchExpressionSyntax)SyntaxFactory.ParseExpression($"0 switch {{ {pattern} => {Thrown} }}")).Arms[0].WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>The default stays last.</summary>
    private static SyntaxList<SwitchSectionSyntax> Insert(SyntaxList<SwitchSectionSyntax> sections, SwitchSectionSyntax added)
    {
        var last = sections.IndexOf(static section => section.Labels.Any(static label => label is DefaultSwitchLabelSyntax));
        return sections.Insert(last < 0 ? sections.Count : last, added);
    }

    private static SeparatedSyntaxList<SwitchExpressionArmSyntax> Insert(SeparatedSyntaxList<SwitchExpressionArmSyntax> arms, SwitchExpressionArmSyntax added)
    {
        var last = arms.IndexOf(static arm => arm.Pattern is DiscardPatternSyntax);
        return arms.Insert(last < 0 ? arms.Count : last, added);
    }
}
