using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Review.Cli.Cache;
using Review.Core.Diagnostics;

namespace Review.Cli.Check;

/// <summary>
/// Everything that the result of a file depends on, apart from what clang opens for it and the makefiles: the program, the rules, the configuration, and the files that it is looked at
/// together with. Not the revision, and not where the tree lies.
/// </summary>
internal sealed class ResultKey
{
    private readonly string common;
    private readonly ImmutableArray<EditorConfigText> severities;
    private readonly ContentIds contents;

    public ResultKey(CheckOptions options, KernelInfo kernel, ImmutableArray<PreparedKernel> kernels, IEnumerable<EditorConfigText> severities, ToolVersions versions, ContentIds contents)
    {
        this.severities = [.. severities];
        this.contents = contents;
        common = string.Join('\n',
        [
            .. Program(),
            versions.ToString(),
            kernel.Version,
            .. kernels.Select(static prepared => string.Join(' ', [prepared.Build.Architecture.Name, Path.GetFileName(prepared.Overlay), SettingsOf(prepared)])),
            options.Configuration,
            options.Rules,
            options.Facts is { } facts ? File.ReadAllText(facts) : null,
            options.Witness.ToString(CultureInfo.InvariantCulture),
            .. options.ForcedClaims.Select(static claim => claim.ToString()),
        ]);
    }

    /// <summary>The key of a file of a group, for <see cref="ResultStore"/>.</summary>
    public string Of(string file, FileGroup group) => string.Join('\n',
    [
        common,
        .. severities.Where(text => file.StartsWith(DirectoryOf(text), StringComparison.Ordinal)).Select(static text => text.ToString()),
        group.Files.Length.ToString(CultureInfo.InvariantCulture),
        contents.OfAll(group.Files),
        file,
    ]);

    /// <summary>The key of a version of a file in a patch series, which is looked at alone, and whose tree has no say in how it is judged.</summary>
    public string OfVersion(string content) => string.Join('\n', common, nameof(OfVersion), content);

    /// <summary>With a slash at the end; empty for the top.</summary>
    private static string DirectoryOf(EditorConfigText text) => text.Path[..(text.Path.LastIndexOf('/') + 1)];

    private static string SettingsOf(PreparedKernel kernel) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', kernel.Build.Configuration.Symbols.Select(static symbol => $"{symbol.Key}={symbol.Value}")))));

    /// <summary>The program itself: its own libraries, and its machine code, as they lie on disk.</summary>
    private static IEnumerable<string> Program() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "*eview*").Where(static file => Path.GetExtension(file) is ".dll" or "").Order(StringComparer.Ordinal).Select(static file => $"{Path.GetFileName(file)} {FileStamp.Of(file)}");
}
