using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Review.Clang;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Kernel.Compilation;
using Review.Patches.Diffs;

namespace Review.Cli.Check;

/// <summary>Loads files for the engine: reads, parses, and refuses what cannot be analysed with a reason.</summary>
/// <param name="tree">The tree.</param>
/// <param name="commands">The tree's compile database, if there is one to use.</param>
/// <param name="withWarnings">True if a rule wants to know what clang says of the file under the kernel's warning options.</param>
/// <param name="profile">Hears how long parsing took; null if nobody asks.</param>
internal sealed class UnitLoader(ISourceTree tree, CompileCommands? commands, bool withWarnings = false, AnalysisProfile? profile = null) : IDisposable
{
    private const string Generated = "generated/";

    private readonly ConcurrentBag<ClangParser> parsers = [];
    private readonly ConcurrentDictionary<string, bool> isInTree = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableHashSet<string>> inputs = new(StringComparer.Ordinal);

    /// <summary>Files of the tree that are not on disk as they are, headers mostly, by path.</summary>
    public IReadOnlyDictionary<string, byte[]> Changed { get; init; } = ImmutableDictionary<string, byte[]>.Empty;

    /// <summary>A file that was loaded, and what clang opened for it inside the tree under any configuration so far.</summary>
    public IEnumerable<string> InputsOf(string file) => inputs.GetValueOrDefault(file, []).Where(static path => !path.StartsWith(Generated, StringComparison.Ordinal)).Append(file);

    /// <summary>Headers that are compiled already; null to read all headers for each file.</summary>
    public PrecompiledHeaders? Headers { get; init; }

    /// <summary>
    /// True to believe errors in a file that is parsed with compiled headers. They fit a file that was parsed with them before, and while somebody types there are errors
    /// all the time; else an error may be theirs, and the file is parsed again without.
    /// </summary>
    public bool BelievesErrors { get; init; }

    /// <summary>True if the last file was parsed with compiled headers.</summary>
    public bool TookHeaders { get; private set; }

    /// <summary>Loads files of a tree with patches on it, changed headers included; a compile database says nothing about those.</summary>
    public static UnitLoader Of(PatchedTree tree, bool withWarnings = false, PrecompiledHeaders? headers = null) => new(tree, null, withWarnings) { Changed = tree.ChangedHeaders, Headers = headers };

    /// <summary>Loads one file under one architecture.</summary>
    public LoadedUnit Load(string file, PreparedKernel kernel, CancellationToken cancellationToken) => Load(file, kernel, null, cancellationToken);

    /// <summary>Loads one file under one architecture.</summary>
    /// <param name="file">The file.</param>
    /// <param name="kernel">The architecture.</param>
    /// <param name="history">The versions of the file that were loaded before for this architecture; null if it is loaded once.</param>
    /// <param name="cancellationToken">Stops before the work begins.</param>
    public LoadedUnit Load(string file, PreparedKernel kernel, UnitHistory? history, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        byte[]? bytes;
        try
        {
            bytes = tree.ReadBytes(file);
        }
        catch (SourceTreeException trouble)
        {
            return LoadedUnit.Failed(trouble.Reason, "look at the file, or leave it out");
        }

        if (bytes is null)
        {
            return LoadedUnit.Failed("the file does not exist", "name files as they stand in the tree");
        }

        if (bytes.AsSpan().Contains((byte)0))
        {
            return LoadedUnit.Failed("it is not C source: it holds zero bytes", "restore the file, or leave it out");
        }

        if (kernel.Build.Kbuild.WhyNotSelected(file) is { } reason)
        {
            return LoadedUnit.Failed(reason, $"name a configuration that compiles it for {kernel.Build.Architecture.Name}: --config FILE");
        }

        return Parse(new SourceText(file, bytes), kernel, history);
    }

    public void Dispose()
    {
        foreach (var parser in parsers)
        {
            parser.Dispose();
        }
    }

    private LoadedUnit Parse(SourceText text, PreparedKernel kernel, UnitHistory? history)
    {
        if (!parsers.TryTake(out var parser))
        {
            parser = new ClangParser();
        }

        try
        {
            var unit = FromDatabase(parser, text, kernel) ?? WithPrecompiledHeaders(parser, text, kernel, history) ?? parser.Parse(Request(text, kernel, kernel.Build.Arguments.For(text.Path, kernel.Root, kernel.Headers)));
            inputs.AddOrUpdate(text.Path, static (_, more) => [.. more], static (_, known, more) => known.Union(more), unit.Includes);

            return unit.Includes.FirstOrDefault(IsForeign) is { } foreign
                ? LoadedUnit.Failed($"it includes {foreign}, which is not part of the tree", "remove the link or the include")
                : LoadedUnit.Parsed(unit);
        }
        catch (ClangFailedException trouble)
        {
            return LoadedUnit.Failed(trouble.Message, "please report it: clang gave up on the file");
        }
        finally
        {
            parsers.Add(parser);
        }
    }

    /// <summary>The file as the tree's compile database says; null if it says nothing, nothing that clang understands, or leads out of the tree.</summary>
    private TranslationUnit? FromDatabase(ClangParser parser, SourceText text, PreparedKernel kernel)
    {
        if (commands?.Find(text.Path, kernel.Root) is not { } command)
        {
            return null;
        }

        // The warnings are the tree's, not those of the compiler that the database was made with.
        ImmutableArray<string> arguments = [$"--target={kernel.Build.Architecture.Target}", .. command.Arguments.Where(static argument => argument is not "-w" && !argument.StartsWith("-W", StringComparison.Ordinal))];
        var unit = parser.Parse(Request(text, kernel, arguments));
        return unit.Messages.Any(static message => message.Severity >= CompilerSeverity.Error) || unit.Includes.Any(IsForeign) ? null : unit;
    }

    /// <summary>The file, parsed with headers that are compiled already; null if there are none, or they do not fit it. An error is left to clang as everybody calls it.</summary>
    private TranslationUnit? WithPrecompiledHeaders(ClangParser parser, SourceText text, PreparedKernel kernel, UnitHistory? history)
    {
        if (Headers is null || !kernel.Build.Arguments.SharesHeaders(text.Path) || Headers.For(kernel) is not { } header)
        {
            return null;
        }

        try
        {
            var unit = parser.ParseWith(header, Request(text, kernel, kernel.Build.Arguments.For(text.Path, kernel.Root, kernel.Headers, header.File)) with { History = history });
            TookHeaders = unit is not null && (!unit.Messages.Any(static message => message.Severity >= CompilerSeverity.Error) || BelievesErrors);
            return TookHeaders ? unit : null;
        }
        catch (ClangFailedException)
        {
            TookHeaders = false;
            return null;
        }
    }

    private ParseRequest Request(SourceText text, PreparedKernel kernel, ImmutableArray<string> arguments)
    {
        var request = new ParseRequest(text, kernel.Root, kernel.Overlay, arguments) { OnTimes = profile is null ? null : Record, Others = [.. Changed.Where(file => file.Key != text.Path).Select(static file => new SourceText(file.Key, file.Value))] };
        if (!withWarnings)
        {
            return request;
        }

        var warnings = kernel.Build.WarningsFor(text.Path);
        return request with { Arguments = [.. arguments, .. warnings.Options], WithWarnings = true, Errors = warnings.Errors };

        void Record(TimeSpan parse, TimeSpan read)
        {
            profile!.Add(ProfileTable.Parse, parse);
            profile.Add(ProfileTable.Convert, read);
        }
    }

    /// <summary>True for a header outside the tree and outside our own, also through a link.</summary>
    private bool IsForeign(string path) =>
        !path.StartsWith(Generated, StringComparison.Ordinal) && !isInTree.GetOrAdd(path, candidate => !Path.IsPathRooted(candidate) && tree.FileExists(candidate));
}
