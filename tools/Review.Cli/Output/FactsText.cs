using System.Collections.Immutable;
using System.Text;
using Review.Cli.Check;
using Review.Core.Diagnostics;
using Review.Flow.Facts;

namespace Review.Cli.Output;

/// <summary>What is known of a function, as text for people and as JSON for programs.</summary>
internal static class FactsText
{
    /// <summary>A paragraph for every subject in which a call has effects; the others in one line.</summary>
    public static string ToText(string function, ImmutableArray<FunctionInFile> places)
    {
        var text = new StringBuilder();
        foreach (var place in places)
        {
            if (text.Length > 0)
            {
                _ = text.Append('\n');
            }

            _ = text.Append(VisibleText.Of($"{function}() as {place.File} knows it")).Append('\n');
            foreach (var (subject, known) in place.Subjects.Where(static subject => HasContent(subject.Known)))
            {
                _ = text.Append($"\n{subject}, from {VisibleText.Of(known.Source!)}").Append('\n');
                foreach (var outcome in known.Outcomes)
                {
                    _ = text.Append("  ").Append(VisibleText.Of(Line(function, outcome))).Append('\n');
                }

                foreach (var effect in known.Effects.Where(static effect => !effect.Path.IsEmpty))
                {
                    _ = text.Append("    ").Append(VisibleText.Of($"{effect.Effect}: {string.Join(" -> ", effect.Path)}")).Append('\n');
                }

                if (!known.IsForOthers)
                {
                    _ = text.Append("  more ways to end than are told apart: other files take it for one without effects\n");
                }

                if (known.Reason is not null)
                {
                    _ = text.Append("  not analysed: ").Append(VisibleText.Of(known.Reason)).Append('\n');
                }
            }

            var silent = place.Subjects.Where(static subject => !HasContent(subject.Known)).Select(static subject => subject.Subject).ToList();
            if (silent.Count > 0)
            {
                _ = text.Append("\nno effects: ").Append(string.Join(", ", silent)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>An object for every file that knows the function.</summary>
    public static string ToJson(string function, ImmutableArray<FunctionInFile> places) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "mmreview-facts/1");
        json.WriteString("function", function);
        json.WriteObjects("files", places, place =>
        {
            json.WriteString("file", place.File);
            json.WriteObjects("subjects", place.Subjects, subject =>
            {
                json.WriteString("subject", subject.Subject);
                json.WriteString("source", subject.Known.Source);
                json.WriteStartArray("outcomes");
                foreach (var outcome in subject.Known.Outcomes)
                {
                    json.WriteStringValue(Line(function, outcome));
                }

                json.WriteEndArray();
                json.WriteObjects("effects", subject.Known.Effects, effect =>
                {
                    json.WriteString("effect", effect.Effect);
                    json.WriteStartArray("path");
                    foreach (var step in effect.Path)
                    {
                        json.WriteStringValue(step);
                    }

                    json.WriteEndArray();
                });
                json.WriteBoolean("countsInOtherFiles", subject.Known.IsForOthers);
                if (subject.Known.Reason is { } reason)
                {
                    json.WriteString("notAnalysed", reason);
                }
            });
        });
        json.WriteEndObject();
    });

    private static bool HasContent(KnownFunction known) => known.Outcomes.Length > 0 || known.Reason is not null;

    private static string Line(string function, CallOutcome outcome) => new FactLine(null, function, outcome).ToString();
}
