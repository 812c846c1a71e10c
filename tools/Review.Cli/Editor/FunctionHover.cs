using System.Text;
using Review.Cli.Check;
using Review.Cli.Output;
using Review.Core.Syntax;

namespace Review.Cli.Editor;

/// <summary>What is known of a function, for a pointer that rests on its name.</summary>
internal static class FunctionHover
{
    /// <summary>The facts as Markdown; null if nothing but silence is known.</summary>
    public static string? Of(TranslationUnit unit, string function, IEnumerable<Type> domains)
    {
        var place = FactsRun.Explain(unit, function, domains);
        if (place.Subjects.All(static subject => subject.Known.Outcomes.IsEmpty && subject.Known.Reason is null))
        {
            return null;
        }

        return new StringBuilder("```\n").Append(FactsText.ToText(function, [place])).Append("```").ToString();
    }
}
