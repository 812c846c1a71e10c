using System.Collections.Immutable;
using Review.Core.Dependencies;
using Review.Core.Source;

namespace Review.Core.Syntax;

/// <summary>One C file under one configuration, parsed. Nothing in it refers to clang any more. What is read of it is noted where an account is kept (<see cref="ReadAccount"/>).</summary>
public sealed class TranslationUnit
{
    private readonly ImmutableArray<FunctionDefinition> functions;
    private readonly ImmutableArray<FunctionDefinition> headerFunctions = [];
    private readonly ImmutableArray<MacroInvocation> macros;
    private readonly ImmutableArray<Comment> comments;
    private readonly ImmutableArray<CompilerMessage> messages;
    private readonly ImmutableArray<FunctionProblem> problems;
    private Dictionary<string, FunctionDefinition>? names;
    private HashSet<long>? revisions;
    private FunctionListRead? listRead;
    private FunctionListRead? headerListRead;

    /// <summary>
    /// What stands outside of functions. Versions of a file that differ only in bodies of functions, or in functions that come or go and that others do not name, have the same object here, so
    /// that what is known of a function of one is true of that function in the other; null if no other version is going to be compared.
    /// </summary>
    public object? Surroundings { get; init; }

    /// <summary>The file.</summary>
    public required SourceText Text { get; init; }

    /// <summary>Path inside the kernel tree.</summary>
    public string Path => Text.Path;

    /// <summary>The functions that the file defines, in source order, without those in <see cref="Problems"/>.</summary>
    public required ImmutableArray<FunctionDefinition> Functions
    {
        get
        {
            ReadAccount.NoteList(this, isOfHeaders: false);
            return functions;
        }
        init => functions = value;
    }

    /// <summary>
    /// The functions of headers that those of the file lead to by calls. They are there to be seen through: no rule looks at them, and their nodes have no place.
    /// </summary>
    public ImmutableArray<FunctionDefinition> HeaderFunctions
    {
        get
        {
            ReadAccount.NoteList(this, isOfHeaders: true);
            return headerFunctions;
        }
        init => headerFunctions = value;
    }

    /// <summary>The functions of the file that are not among <see cref="Functions"/> since each call of one has become a call of what it hands its parameters to (<see cref="Forwarders"/>).</summary>
    public ImmutableArray<FunctionDefinition> SeenThrough { get; private init; } = [];

    /// <summary>The variables that the file defines at file level, in source order.</summary>
    public required ImmutableArray<GlobalVariable> Globals { get; init; }

    /// <summary>All macro invocations that the file spells, in source order.</summary>
    public required ImmutableArray<MacroInvocation> Macros
    {
        get => Untold(macros);
        init => macros = value;
    }

    /// <summary>The file's comments, in source order.</summary>
    public required ImmutableArray<Comment> Comments
    {
        get => Untold(comments);
        init => comments = value;
    }

    /// <summary>The parts of the file that the preprocessor left out under this configuration, in bytes.</summary>
    public required ImmutableArray<TextSpan> Skipped { get; init; }

    /// <summary>What clang said of the file, errors first in source order.</summary>
    public required ImmutableArray<CompilerMessage> Messages
    {
        get => Untold(messages);
        init => messages = value;
    }

    /// <summary>The functions that could not be turned into a tree, with the reason.</summary>
    public required ImmutableArray<FunctionProblem> Problems
    {
        get => Untold(problems);
        init => problems = value;
    }

    /// <summary>Paths inside the tree of every file that was read, in ordinal order.</summary>
    public required ImmutableArray<string> Includes { get; init; }

    /// <summary>The function that a name means in the file; null if the file does not define it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="inHeaders">True to look into the headers too, where the file does not define it.</param>
    public FunctionDefinition? Find(string name, bool inHeaders = false)
    {
        var found = Named(name, inHeaders);
        if (ReadAccount.IsKept)
        {
            ReadAccount.Note(new NameRead(name, inHeaders, found is null ? null : found.Header ?? ""));
        }

        return found;
    }

    /// <summary>The file with other trees of some functions, and without some others.</summary>
    internal TranslationUnit With(ImmutableArray<FunctionDefinition> kept, ImmutableArray<FunctionDefinition> seenThrough) => new()
    {
        Surroundings = Surroundings,
        Text = Text,
        Functions = kept,
        SeenThrough = seenThrough,
        HeaderFunctions = headerFunctions,
        Globals = Globals,
        Macros = macros,
        Comments = comments,
        Skipped = Skipped,
        Messages = messages,
        Problems = problems,
        Includes = Includes,
    };

    internal FunctionDefinition? Named(string name, bool inHeaders)
    {
        names ??= functions.Concat(headerFunctions).DistinctBy(static function => function.Name).ToDictionary(static function => function.Name, StringComparer.Ordinal);
        return names.TryGetValue(name, out var function) && (inHeaders || function.Header is null) ? function : null;
    }

    /// <summary>True if the tree of a function is in this version, <see cref="FunctionDefinition.Revision"/>.</summary>
    public bool Has(long revision) => (revisions ??= All.Concat(headerFunctions).Select(static function => function.Revision).ToHashSet()).Contains(revision);

    internal FunctionListRead ListRead(bool isOfHeaders) => isOfHeaders
        ? headerListRead ??= new FunctionListRead(string.Join('\n', headerFunctions.Select(static function => function.Name)), true)
        : listRead ??= new FunctionListRead(string.Join('\n', functions.Select(static function => function.Name)), false);

    /// <summary>The function of the file that stands around a byte; null if there is none.</summary>
    internal FunctionDefinition? Around(int offset) => All.FirstOrDefault(function => function.Span.Start <= offset && offset <= function.Span.End);

    /// <summary>The function of the file that stands on a line, from 1; null if there is none.</summary>
    internal FunctionDefinition? OnLine(int line) => All.FirstOrDefault(function => Text.PositionOf(function.Span.Start).Line <= line && line <= Text.PositionOf(function.Span.End).Line);

    internal FunctionDefinition? WithRevision(long revision) => All.FirstOrDefault(function => function.Revision == revision);

    internal IEnumerable<long> RevisionsIn(int start, int end) => All.Where(function => function.Span.Start <= end && start <= function.Span.End).Select(static function => function.Revision);

    internal bool IsInProblem(int start, int end) => problems.Any(problem => problem.Span.Start <= end && start <= problem.Span.End);

    /// <summary>The lines that a function stands on, if it shares them with no other one, else its extent; in bytes.</summary>
    internal TextSpan OwnLinesOf(FunctionDefinition function)
    {
        var lines = Text.LinesAround(function.Span);
        return RevisionsIn(lines.Start, lines.End).All(revision => revision == function.Revision) && !IsInProblem(lines.Start, lines.End) ? lines : function.Span;
    }

    private IEnumerable<FunctionDefinition> All => SeenThrough.IsEmpty ? functions : functions.Concat(SeenThrough);

    private static T Untold<T>(T value)
    {
        ReadAccount.NoteUntold();
        return value;
    }
}

/// <summary>A comment with its delimiters.</summary>
public sealed record Comment(TextSpan Span, string Text);

/// <summary>A function that is not analysed.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Span">Its extent in bytes.</param>
/// <param name="Reason">Why, in lower case without a full stop.</param>
/// <param name="IsInvalidCode">True if the code is at fault, or the configuration it is compiled with; false if the front end is.</param>
public sealed record FunctionProblem(string Function, TextSpan Span, string Reason, bool IsInvalidCode = false);

/// <summary>How serious a compiler message is.</summary>
public enum CompilerSeverity
{
    Note,
    Warning,
    Error,
    Fatal,
}

/// <summary>One message of clang, with its notes.</summary>
/// <param name="Severity">clang's severity.</param>
/// <param name="Path">File inside the tree, <c>generated/...</c> for a header of ours, or null if it has no place.</param>
/// <param name="Line">Line from 1.</param>
/// <param name="Column">Column from 1, in bytes.</param>
/// <param name="Offset">Offset in the file, in bytes.</param>
/// <param name="Text">The message.</param>
/// <param name="Option">The warning's option, e.g. <c>-Wmissing-prototypes</c>; empty for errors.</param>
/// <param name="Notes">The notes that belong to it.</param>
public sealed record CompilerMessage(
    CompilerSeverity Severity, string? Path, int Line, int Column, int Offset, string Text, string Option, ImmutableArray<CompilerMessage> Notes)
{
    /// <summary>True for errors, and for warnings that the kernel's build takes for errors.</summary>
    public bool StopsTheBuild { get; init; }
}
