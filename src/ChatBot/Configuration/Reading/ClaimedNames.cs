using ChatBot.Configuration.Toml;

namespace ChatBot.Configuration.Reading;

/// <summary>Names that only one may have, and where the first wrote each.</summary>
internal sealed class ClaimedNames(string owner, string frenchOwner)
{
    private readonly Dictionary<string, Place> _places = new(StringComparer.OrdinalIgnoreCase);

    public void Claim(Section section, string key, Place place, string name)
    {
        if (name.Length > 0 && !_places.TryAdd(name, place))
        {
            section.Report(place,
                section.Words(
                $"`{key}` has \"{name}\", which already belongs to the {owner} at {_places[name]}; leave it to one of them",
                $"`{key}` contient \"{name}\", déjà donné à une autre {frenchOwner} ({_places[name]}) ; laissez-le à une seule"));
        }
    }
}
