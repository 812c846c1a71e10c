using System.Collections.Immutable;

namespace Review.Bot.Store;

/// <summary>Threads, persons and lists that asked for silence.</summary>
public static class MuteTable
{
    /// <summary>Mutes; what is muted stays so.</summary>
    public static void Add(Session session, MuteRecord mute)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(mute);
        _ = session.Execute("insert into mutes(scope, value, person, at) values (@scope, @value, @person, @at) on conflict do nothing", ("scope", mute.Scope), ("value", mute.Value), ("person", mute.Person), ("at", mute.At));
    }

    /// <summary>Everything that is muted.</summary>
    public static ImmutableArray<MuteRecord> All(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Query("select * from mutes order by scope, value", static row => new MuteRecord(row.Text("scope"), row.Text("value"), row.Text("person"), row.Time("at")));
    }
}
