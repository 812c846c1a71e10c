using System.Collections.Immutable;
using ClangSharp.Interop;
using Review.Core.Source;
using Review.Core.Syntax;
using static ClangSharp.Interop.CXCursorKind;

namespace Review.Clang;

/// <summary>Versions that differ from the one before in some functions: those are read, the others are taken over.</summary>
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
        if (Headers != history.Headers || !AreIn(edits, messages) || DefinitionsIn(history.Last!, edits) is not { } definitions || !edits.Edits.All(edit => AreNew(edit, edits, definitions)))
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

    /// <summary>True if all that clang says is about a function that is edited. Of several versions it may say nothing, for it would say each thing of one only.</summary>
    private bool AreIn(EditSequence edits, ImmutableArray<CompilerMessage> messages) =>
        messages.IsEmpty
        || (edits.Edits is [{ Outside.IsEmpty: true } only] && messages.All(message => message.Path == request.Text.Path && only.Changed.Any(part => IsInOrRightBehind(message.Offset, edits.InLast(part)))));

    /// <summary>The functions of the last version by name and place; null if they are not those of the version before and what came.</summary>
    private ILookup<(string Name, TextSpan Span), CXCursor>? DefinitionsIn(TranslationUnit before, EditSequence edits)
    {
        var expected = before.Functions.Select(static function => (function.Name, function.Span)).Concat(before.Problems.Select(static problem => (Name: problem.Function, problem.Span)))
            .Select(one => (one.Name, Span: edits.InLast(one.Span))).Where(static one => one.Span is not null).Select(static one => (one.Name, one.Span!.Value)).ToHashSet();
        var arrivals = edits.Edits.SelectMany(static edit => edit.Came).Select(edits.InLast).ToList();
        var definitions = topLevel.Where(cursor => cursor.kind == CXCursor_FunctionDecl && IsInFile(cursor) && clang.isCursorDefinition(cursor) != 0).ToLookup(cursor => (Name: Cursors.Spelling(cursor), Span: SpanOf(cursor)));
        var others = definitions.Where(definition => !arrivals.Exists(arrival => arrival.Contains(definition.Key.Span))).ToList();
        return others.Count == expected.Count && others.TrueForAll(definition => expected.Contains(definition.Key)) ? definitions : null;
    }

    /// <summary>True if what came with an edit are functions that the version before does not name, and comments; and if comments that changed are still comments.</summary>
    private bool AreNew(FileEdit edit, EditSequence edits, ILookup<(string Name, TextSpan Span), CXCursor> definitions)
    {
        var comments = tokens.Comments.Select(static comment => comment.Span).ToList();
        foreach (var arrival in edit.Came.Select(edits.InLast))
        {
            var came = definitions.Where(definition => arrival.Contains(definition.Key.Span)).ToList();
            if (!ComingAndGoing.IsWhole(request.Text, arrival, came.Select(static definition => definition.Key.Span), comments)
                || came.Exists(definition => ComingAndGoing.IsNamed(edit.Before, definition.Key.Name) || clang.equalCursors(clang.getCanonicalCursor(definition.First()), definition.First()) == 0))
            {
                return false;
            }
        }

        return edit.Changed.Where(static part => part.Kind == OutlineKind.Comment).All(part => comments.Contains(edits.InLast(part)));
    }

    /// <summary>True if a version is the same without what an edit takes away, and nothing comes or goes where the preprocessor does not look.</summary>
    private static bool CanDoWithout(TranslationUnit before, FileEdit edit)
    {
        var comments = before.Comments.Select(static comment => comment.Span).ToList();
        var gone = before.Functions.Where(function => edit.Removes(function.Span)).ToList();
        return !edit.Outside.Any(range => before.Skipped.Any(skipped => skipped.Start <= range.End && range.Start <= skipped.End))
            && edit.Gone.All(range => ComingAndGoing.IsWhole(before.Text, range, gone.Select(static function => function.Span), comments))
            && (gone.Count == 0 || before.Problems.IsEmpty)
            && gone.TrueForAll(function => before.Text.Slice(function.NameSpan) == function.Name && !ComingAndGoing.IsNamed(edit.After.Text, function.Name));
    }

    /// <summary>The version behind one edit.</summary>
    private TranslationUnit? ReadEdited(TranslationUnit before, FileEdit edit, EditSequence edits, ILookup<(string Name, TextSpan Span), CXCursor> definitions, ImmutableArray<CompilerMessage> messages)
    {
        if (!CanDoWithout(before, edit))
        {
            return null;
        }

        var move = edit.Move;
        var places = edit.Changed.Select(part => (Part: part, Span: move.Of(part.Span), Compiled: edits.InLast(part))).Concat(edit.Came.Select(part => (Part: part, part.Span, Compiled: edits.InLast(part))))
            .OrderBy(static place => place.Compiled.Start).ToList();
        var back = new TreeMove([.. places.Select(place => (FirstOf(place.Part, place.Span, place.Compiled), place.Span.Start - place.Compiled.Start))], move);
        var errors = messages.Where(static message => message.Severity >= CompilerSeverity.Error).ToList();
        request.Shared!.Added.Clear();
        symbols = NewSymbols();
        var functions = ImmutableArray.CreateBuilder<FunctionDefinition>();
        var read = new HashSet<FunctionDefinition>(ReferenceEqualityComparer.Instance);
        var problems = ImmutableArray.CreateBuilder<FunctionProblem>();
        foreach (var function in before.Functions.Where(function => !edit.Removes(function.Span)))
        {
            if (places.Find(place => FileEdit.Concerns(place.Part, function)) is { Part.Kind: OutlineKind.Function } place && place != default)
            {
                var (span, distance) = (move.Of(function.Span), place.Compiled.Start - place.Span.Start);
                Read(definitions[(function.Name, new TextSpan(span.Start + distance, span.End + distance))].First(), functions.Count);
            }
            else
            {
                functions.Add(move.Of(function));
            }
        }

        var gone = before.Functions.Where(function => edit.Removes(function.Span)).Select(static function => function.Name).ToHashSet();
        if (gone.Count > 0 && !ComingAndGoing.IsForgotten(gone, functions, before.Globals))
        {
            return null;
        }

        foreach (var place in places.Where(static place => place.Part.Kind == OutlineKind.Arrival))
        {
            foreach (var definition in definitions.Where(definition => place.Compiled.Contains(definition.Key.Span)).SelectMany(static definition => definition))
            {
                Read(definition, functions.TakeWhile(function => (read.Contains(function) ? back.Of(function.Span) : function.Span).Start < back.Of(SpanOf(definition)).Start).Count());
                var name = Cursors.UniqueName(definition);
                if (!request.Shared.Added.Exists(added => Cursors.UniqueName(added) == name))
                {
                    // An earlier version had one of that name, and what knows that one may think of it.
                    request.History!.Forget();
                    return null;
                }
            }
        }

        if (request.WithWarnings && (problems.Count > 0 || MissingBodies.MayChangeUse(before, functions)))
        {
            return null;
        }

        KeepsToItsIncludes = includes.LeadTo(symbols.Declarations.Concat(macros.Invoked));
        if (request.Shared.Added.Exists(declaration => IsInFile(declaration) && !IsKnownByName(declaration)))
        {
            // Something without a name, known by its place only, and that has changed: those who named it before would mean something else. Or a variable of another file that
            // a function declares for itself: later versions would know it where it was compiled.
            request.History!.Forget();
            return null;
        }

        if (!KeepsToItsIncludes)
        {
            return null;
        }

        // Only now, for what one function says of a macro's arguments is so for all that the macro makes.
        for (var index = 0; index < functions.Count; index++)
        {
            functions[index] = read.Contains(functions[index]) ? back.Of(functions[index]) : functions[index];
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
            Macros = [.. before.Macros.Where(macro => !IsOld(macro.Span)).Select(move.Of).Concat(places.SelectMany(place => macros.Inside(place.Compiled)).Select(back.Of)).OrderBy(static macro => macro.Span.Start)],
            Comments =
            [
                .. before.Comments.Where(comment => !IsOld(comment.Span)).Select(comment => comment with { Span = move.Of(comment.Span) })
                    .Concat(tokens.Comments.Where(comment => places.Exists(place => place.Compiled.Contains(comment.Span))).Select(comment => comment with { Span = back.Of(comment.Span) })).OrderBy(static comment => comment.Span.Start),
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

        void Read(CXCursor definition, int at)
        {
            var one = ImmutableArray.CreateBuilder<FunctionDefinition>();
            ReadFunction(definition, errors, one, problems);
            functions.InsertRange(at, one);
            read.UnionWith(one);
        }

        // What a macro makes beside a function may begin in front of it.
        int FirstOf(OutlinePart part, TextSpan span, TextSpan compiled) =>
            before.Functions.Where(function => FileEdit.Concerns(part, function)).Select(function => move.Of(function.Span).Start + compiled.Start - span.Start).Append(compiled.Start).Min();

        bool IsOld(TextSpan span) => edit.Removes(span) || edit.Changed.Any(part => part.Span.Contains(span));

        bool IsKnownByName(CXCursor declaration) =>
            SpanOf(declaration) is var span && declaration.kind != CXCursor_VarDecl && places.Exists(place => place.Compiled.Contains(span));
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
