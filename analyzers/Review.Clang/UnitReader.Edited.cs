using System.Collections.Immutable;
using ClangSharp.Interop;
using Review.Core.Source;
using Review.Core.Syntax;
using static ClangSharp.Interop.CXCursorKind;

namespace Review.Clang;

/// <summary>Versions that differ from the one before in one function each: that one is read, the others are taken over.</summary>
internal sealed unsafe partial class UnitReader
{
    /// <summary>
    /// The versions behind edits that were compiled together, without the bodies of the functions that nobody edits, whose trees are taken over; all that the history knows then. Less
    /// than there are edits if that is not enough, for example because one has left a brace without its pair.
    /// </summary>
    public ImmutableArray<TranslationUnit> ReadEdited(EditSequence edits)
    {
        var history = request.History!;
        var messages = ReadMessages().RemoveAll(message => MissingBodies.IsReasonOf(message, history.Last!, edits, request.Text.Path));
        var versions = ImmutableArray.CreateBuilder<TranslationUnit>();
        if (Headers != history.Headers || !AreIn(edits, messages) || DefinitionsIn(history.Last!, edits) is not { } definitions)
        {
            return [];
        }

        foreach (var edit in edits.Edits)
        {
            if (ReadEdited(history.Last!, edit, edits, definitions, messages) is not { } version)
            {
                break;
            }

            versions.Add(version);
            history.Keep(version, edit);
        }

        return versions.ToImmutable();
    }

    /// <summary>True if all that clang says is about the function that is edited. Of several it may say nothing, for it would say each thing of one version only.</summary>
    private bool AreIn(EditSequence edits, ImmutableArray<CompilerMessage> messages) =>
        messages.IsEmpty || (edits.Edits is [var only] && messages.All(message => message.Path == request.Text.Path && IsInOrRightBehind(message.Offset, only.Span)));

    /// <summary>The functions of the last version by name and place; null if they are not those of the version before.</summary>
    private ILookup<(string Name, TextSpan Span), CXCursor>? DefinitionsIn(TranslationUnit before, EditSequence edits)
    {
        var expected = before.Functions.Select(static function => (function.Name, function.Span)).Concat(before.Problems.Select(static problem => (Name: problem.Function, problem.Span)))
            .Select(one => (one.Name, edits.InLast(one.Span))).ToHashSet();
        var definitions = topLevel.Where(cursor => cursor.kind == CXCursor_FunctionDecl && IsInFile(cursor) && clang.isCursorDefinition(cursor) != 0).ToLookup(cursor => (Cursors.Spelling(cursor), SpanOf(cursor)));
        return definitions.Count == expected.Count && definitions.All(definition => expected.Contains(definition.Key)) ? definitions : null;
    }

    /// <summary>The version behind one edit.</summary>
    private TranslationUnit? ReadEdited(TranslationUnit before, FunctionEdit edit, EditSequence edits, ILookup<(string Name, TextSpan Span), CXCursor> definitions, ImmutableArray<CompilerMessage> messages)
    {
        var move = edit.Move;
        var compiled = edits.InLast(edit);
        var distance = compiled.Start - edit.Span.Start;
        var back = new TreeMove(before.Functions.Where(edit.Concerns).Min(function => move.Of(function.Span).Start) + distance, -distance);
        var errors = messages.Where(static message => message.Severity >= CompilerSeverity.Error).ToList();
        request.Shared!.Added.Clear();
        symbols = NewSymbols();
        var functions = ImmutableArray.CreateBuilder<FunctionDefinition>();
        var read = ImmutableArray.CreateBuilder<FunctionDefinition>();
        var problems = ImmutableArray.CreateBuilder<FunctionProblem>();
        foreach (var function in before.Functions)
        {
            if (edit.Concerns(function))
            {
                read.Clear();
                var span = move.Of(function.Span);
                ReadFunction(definitions[(function.Name, new TextSpan(span.Start + distance, span.End + distance))].First(), errors, read, problems);
                functions.AddRange(read.Select(back.Of));
            }
            else
            {
                functions.Add(move.Of(function));
            }
        }

        if (request.WithWarnings && MissingBodies.MayChangeUse(before, functions))
        {
            return null;
        }

        KeepsToItsIncludes = includes.LeadTo(symbols.Declarations.Concat(macros.Invoked));
        if (request.Shared.Added.Exists(declaration => IsInFile(declaration) && (!compiled.Contains(SpanOf(declaration)) || (distance != 0 && declaration.kind == CXCursor_VarDecl))))
        {
            // Something without a name, known by its place only, and that has changed: those who named it before would mean something else. Or a variable of another file that
            // the function declares for itself: later versions would know it where it was compiled.
            request.History!.Forget();
            return null;
        }

        if (!KeepsToItsIncludes)
        {
            return null;
        }

        _ = ReadHeaderFunctions();
        ImmutableArray<GlobalVariable> globals = [.. before.Globals.Select(move.Of)];
        return new TranslationUnit
        {
            Surroundings = before.Surroundings,
            Text = edit.After.Text,
            Functions = functions.ToImmutable(),
            HeaderFunctions = HeaderFunctionsOf(functions, globals),
            Globals = globals,
            Macros = [.. before.Macros.Where(macro => !edit.Before.Contains(macro.Span)).Select(move.Of).Concat(macros.Inside(compiled).Select(back.Of)).OrderBy(static macro => macro.Span.Start)],
            Comments =
            [
                .. before.Comments.Where(comment => !edit.Before.Contains(comment.Span)).Select(comment => comment with { Span = move.Of(comment.Span) })
                    .Concat(tokens.Comments.Where(comment => compiled.Contains(comment.Span)).Select(comment => comment with { Span = back.Of(comment.Span) })).OrderBy(static comment => comment.Span.Start),
            ],
            Skipped = [.. before.Skipped.Select(move.Of)],
            Messages = messages,
            Problems =
            [
                .. before.Problems.Select(problem => problem with { Span = move.Of(problem.Span) }).Concat(problems.Select(problem => problem with { Span = back.Of(problem.Span) }))
                    .OrderBy(static problem => problem.Span.Start),
            ],
            Includes = before.Includes,
        };
    }

    /// <summary>The functions of headers, read in this version or an earlier one, that a file's trees lead to; in the order in which reading them all would find them.</summary>
    private ImmutableArray<FunctionDefinition> HeaderFunctionsOf(IEnumerable<FunctionDefinition> functions, IEnumerable<GlobalVariable> globals)
    {
        var found = ImmutableArray.CreateBuilder<FunctionDefinition>();
        var seen = new HashSet<FunctionSymbol>(ReferenceEqualityComparer.Instance);
        var trees = functions.Select(static function => (function.Span.Start, Tree: (Node)function.Body)).Concat(globals.Where(static global => global.Initializer is not null).Select(static global => (global.Span.Start, Tree: (Node)global.Initializer!)));
        foreach (var (_, tree) in trees.OrderBy(static tree => tree.Start))
        {
            Look(tree);
        }

        for (var next = 0; next < found.Count; next++)
        {
            Look(found[next].Body);
        }

        return found.ToImmutable();

        void Look(Node tree)
        {
            foreach (var name in tree.DescendantsAndSelf().OfType<NameExpression>())
            {
                if (name.Symbol is FunctionSymbol symbol && seen.Add(symbol) && request.Shared!.HeaderFunctions.TryGetValue(symbol, out var function))
                {
                    found.Add(function);
                }
            }
        }
    }
}
