using Review.Tables.Specification;

namespace Review.Tables;

/// <summary>The behavior table that stands beside this code: what every advice is in a recent kernel.</summary>
public static class ReferenceTable
{
    private const string Resource = "Madvise.table";

    private static readonly Lazy<BehaviorTable> Table = new(static () =>
    {
        using var reader = new StreamReader(typeof(ReferenceTable).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not embedded"));
        return TableReader.Read(reader.ReadToEnd());
    });

    /// <summary>The table.</summary>
    public static BehaviorTable Madvise => Table.Value;
}
