using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Source;

namespace Review.Cli.Cache;

/// <summary>The result of a file as an entry of the cache: all of it apart from the tool and the kernel, which are those of the run that asks.</summary>
internal static class ResultEntry
{
    public static void Write(EntryWriter to, AnalysisResult result)
    {
        to.WriteAll(result.Rules, to.Write);
        to.WriteAll(result.Files, file =>
        {
            to.Write(file.Path);
            to.Write(file.Functions);
        });
        to.WriteAll(result.Findings, finding => Write(to, finding));
        to.WriteAll(result.Suppressed, finding => Write(to, finding));
        to.WriteAll(result.Proved, claim =>
        {
            to.Write(claim.Claim);
            to.Write(claim.Scope);
        });
        to.WriteAll(result.NotAnalysed, gap =>
        {
            to.Write(gap.Path);
            to.WriteOptional(gap.Function);
            to.Write(gap.Reason);
            to.Write(gap.Cure);
            to.WriteOptional(gap.Rule);
        });
    }

    public static AnalysisResult Read(EntryReader from, ToolInfo tool, KernelInfo kernel) => new()
    {
        Tool = tool,
        Kernel = kernel,
        Rules = from.ReadAll(from.ReadString),
        Files = from.ReadAll(() => new AnalysedFile(from.ReadString(), from.ReadInt32())),
        Findings = from.ReadAll(() => ReadFinding(from)),
        Suppressed = from.ReadAll(() => ReadFinding(from)),
        Proved = from.ReadAll(() => new ProvedClaim(from.ReadString(), from.ReadString())),
        NotAnalysed = from.ReadAll(() => new NotAnalysed(from.ReadString(), from.ReadOptional(), from.ReadString(), from.ReadString()) { Rule = from.ReadOptional() }),
    };

    private static void Write(EntryWriter to, Finding finding)
    {
        to.Write(finding.Rule);
        to.Write(finding.Id);
        to.Write((int)finding.Severity);
        to.Write(finding.Message);
        to.Write(finding.Path);
        to.Write(finding.Line);
        to.Write(finding.Column);
        to.Write(finding.EndLine);
        to.Write(finding.EndColumn);
        to.Write(finding.Function);
        to.Write(finding.Fingerprint);
        to.WriteAll(finding.Trace, step =>
        {
            to.Write(step.Path);
            to.Write(step.Line);
            to.Write(step.Function);
            to.Write(step.Message);
        });
        to.Write(finding.Fix is not null);
        if (finding.Fix is { } fix)
        {
            to.Write(fix.Title);
            to.WriteAll(fix.Edits, edit =>
            {
                to.Write(edit.Span.Start);
                to.Write(edit.Span.End);
                to.Write(edit.Text);
            });
        }

        to.Write(finding.Builds is not null);
        if (finding.Builds is { } builds)
        {
            to.WriteAll(builds.In, build => Write(to, build));
            to.WriteAll(builds.NotIn, build => Write(to, build));
        }

        Write(to, finding.Witness);
        to.Write(finding.Patch is not null);
        if (finding.Patch is { } patch)
        {
            to.Write(patch.Introduced ?? 0);
            to.Write(patch.Survives);
        }

        to.Write(finding.Suppression is not null);
        if (finding.Suppression is { } suppression)
        {
            to.Write((int)suppression.Kind);
            to.Write(suppression.Reason);
        }
    }

    private static Finding ReadFinding(EntryReader from) => new()
    {
        Rule = from.ReadString(),
        Id = from.ReadString(),
        Severity = (DiagnosticSeverity)from.ReadInt32(),
        Message = from.ReadString(),
        Path = from.ReadString(),
        Line = from.ReadInt32(),
        Column = from.ReadInt32(),
        EndLine = from.ReadInt32(),
        EndColumn = from.ReadInt32(),
        Function = from.ReadString(),
        Fingerprint = from.ReadString(),
        Trace = from.ReadAll(() => new TraceStep(from.ReadString(), from.ReadInt32(), from.ReadString(), from.ReadString())),
        Fix = from.ReadBoolean() ? new Fix(from.ReadString(), from.ReadAll(() => new TextEdit(new TextSpan(from.ReadInt32(), from.ReadInt32()), from.ReadString()))) : null,
        Builds = from.ReadBoolean() ? new BuildOccurrence(from.ReadAll(() => ReadBuild(from)), from.ReadAll(() => ReadBuild(from))) : null,
        Witness = ReadWitness(from),
        Patch = from.ReadBoolean() ? new PatchPlace(from.ReadInt32() is var number and > 0 ? number : null, from.ReadBoolean()) : null,
        Suppression = from.ReadBoolean() ? new FindingSuppression((SuppressionKind)from.ReadInt32(), from.ReadString()) : null,
    };

    private static void Write(EntryWriter to, AnalysedBuild build)
    {
        to.Write(build.Architecture);
        to.Write(build.Change);
    }

    private static AnalysedBuild ReadBuild(EntryReader from) => new(from.ReadString(), from.ReadString());

    private static void Write(EntryWriter to, WitnessResult witness)
    {
        to.Write((int)witness.Status);
        to.WriteAll(witness.Steps, step =>
        {
            to.Write(step.Thread);
            to.Write(step.Function);
            to.Write(step.Path);
            to.Write(step.Line);
            to.Write(step.Action);
        });
        to.WriteOptional(witness.Violation);
        to.Write(witness.Note);
    }

    private static WitnessResult ReadWitness(EntryReader from) => new(
        (WitnessStatus)from.ReadInt32(),
        from.ReadAll(() => new WitnessStep(from.ReadInt32(), from.ReadString(), from.ReadString(), from.ReadInt32(), from.ReadString())),
        from.ReadOptional())
    {
        Note = from.ReadString(),
    };
}
