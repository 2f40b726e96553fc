-- Contact list filters, sorting and the claim's order.

-- A filter: nested groups and clauses, as domain/contacts/filters/document.py reads them.
CREATE TABLE contact_list_filters (
    contact_list_filter_id uuid PRIMARY KEY,
    organisation_id        uuid NOT NULL REFERENCES organisations,
    contact_list_id        uuid NOT NULL REFERENCES contact_lists ON DELETE CASCADE,
    name                   text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    document               jsonb NOT NULL,
    column_kinds           jsonb NOT NULL,  -- column → kind, as they were when it was written
    version                integer NOT NULL DEFAULT 1,
    created_at             timestamptz NOT NULL,
    updated_at             timestamptz NOT NULL,
    UNIQUE (contact_list_id, name)
);

ALTER TABLE campaigns
    ADD COLUMN contact_list_filter_ids uuid[] NOT NULL DEFAULT '{}',  -- all must hold; none: everybody
    ADD COLUMN sort jsonb NOT NULL DEFAULT '[]',        -- up to four keys; none: the list's order
    ADD COLUMN sort_mode text NOT NULL DEFAULT 'static' CHECK (sort_mode IN ('static', 'dynamic')),
    ADD COLUMN choice_version integer NOT NULL DEFAULT 0,       -- rises with filters and sort; a floor that knows an older one waits
    ADD COLUMN order_complete boolean NOT NULL DEFAULT false,   -- campaign_order has been filled once
    ADD COLUMN look_added_in bigint NOT NULL DEFAULT 0, -- contact_looks up to here have been followed
    ADD COLUMN look_position bigint NOT NULL DEFAULT 0;
CREATE INDEX campaigns_by_list ON campaigns (contact_list_id);

-- Contacts that campaigns of the list look at out of turn: those inserted at the front, and those
-- that have changed, so that one whom a filter kept out is asked about again. Read like contacts:
-- by (added_in, position), below the oldest running transaction.
CREATE TABLE contact_looks (
    contact_list_id uuid NOT NULL REFERENCES contact_lists ON DELETE CASCADE,
    added_in        bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    position        bigint GENERATED ALWAYS AS IDENTITY,
    organisation_id uuid NOT NULL REFERENCES organisations,
    contact_id      uuid NOT NULL,
    front           boolean NOT NULL DEFAULT false,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (contact_list_id, added_in, position)
);
CREATE INDEX contact_looks_front ON contact_looks (contact_list_id, added_in, position) WHERE front;
CREATE INDEX contact_looks_by_age ON contact_looks (organisation_id, created_at) WHERE NOT front;

-- Contacts that a sorted campaign has not called yet, each with its place among them.
CREATE TABLE campaign_order (
    campaign_id     uuid NOT NULL REFERENCES campaigns ON DELETE CASCADE,
    contact_id      uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
    organisation_id uuid NOT NULL REFERENCES organisations,
    rank            bytea NOT NULL,                 -- domain/contacts/filters/sorting.py
    added_in        bigint NOT NULL,                -- the contact's: decides between equals
    position        bigint NOT NULL,
    PRIMARY KEY (campaign_id, contact_id)
);
CREATE INDEX campaign_order_next ON campaign_order (campaign_id, rank, added_in, position);
CREATE INDEX ON campaign_order (contact_id);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['contact_list_filters', 'contact_looks', 'campaign_order']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY organisation ON %I
                        USING (organisation_id = (SELECT current_organisation()))
                        WITH CHECK (organisation_id = (SELECT current_organisation()))', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO kwabo_app', t);
    END LOOP;
END $$;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO kwabo_app;

-- Text without case and accents: domain/contacts/filters/folding.py has the same, and the letters.
CREATE FUNCTION folded_text(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN octet_length(value) = length(value) THEN lower(value COLLATE "C") ELSE translate(
    regexp_replace(normalize(value, NFD), '[\u0300-\u036f]', '', 'g'),
    'ABCDEFGHIJKLMNOPQRSTUVWXYZÆÐØÞĐĦĲĿŁŊŒŦƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƢƤƦƧƩƬƮƱƲƳƵƷƸƼǄǅǇǈǊǋǤǱǲǶǷȜȠȢȤȺȻȽȾɁɃɄɅɆɈɊɌɎͰͲͶͿΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩϏϘϚϜϞϠϢϤϦϨϪϬϮϴϷϹϺϽϾϿЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮẞỺỼỾⱠⱢⱣⱤⱧⱩⱫⱭⱮⱯⱰⱲⱵⱾⱿꙀꙂꙄꙆꙈꙊꙌꙎꙐꙒꙔꙖꙘꙚꙜꙞꜢꜤꜦꜨꜪꜬꜮꜲꜴꜶꜸꜺꜼꜾꝀꝂꝄꝆꝈꝊꝌꝎꝐꝒꝔꝖꝘꝚꝜꝞꝠꝢꝤꝦꝨꝪꝬꝮꝹꝻꝽꝾꞀꞂꞄꞆꞋꞍꞐꞒꞖꞘꞚꞜꞞꞠꞢꞤꞦꞨꞪꞫꞬꞭꞮꞰꞱꞲꞳꞴꞶꞸꞺꞼꞾꟀꟂꟄꟅꟆꟇꟉ',
    'abcdefghijklmnopqrstuvwxyzæðøþđħĳŀłŋœŧɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵƣƥʀƨʃƭʈʊʋƴƶʒƹƽǆǆǉǉǌǌǥǳǳƕƿȝƞȣȥⱥȼƚⱦɂƀʉʌɇɉɋɍɏͱͳͷϳαβγδεζηθικλμνξοπρστυφχψωϗϙϛϝϟϡϣϥϧϩϫϭϯθϸϲϻͻͼͽђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯßỻỽỿⱡɫᵽɽⱨⱪⱬɑɱɐɒⱳⱶȿɀꙁꙃꙅꙇꙉꙋꙍꙏꙑꙓꙕꙗꙙꙛꙝꙟꜣꜥꜧꜩꜫꜭꜯꜳꜵꜷꜹꜻꜽꜿꝁꝃꝅꝇꝉꝋꝍꝏꝑꝓꝕꝗꝙꝛꝝꝟꝡꝣꝥꝧꝩꝫꝭꝯꝺꝼᵹꝿꞁꞃꞅꞇꞌɥꞑꞓꞗꞙꞛꞝꞟꞡꞣꞥꞧꞩɦɜɡɬɪʞʇʝꭓꞵꞷꞹꞻꞽꞿꟁꟃꞔʂᶎꟈꟊ') END $$;

-- What changes of a contact is written down where a campaign of its list may care: triggers, so that
-- no way of changing a contact is forgotten.
CREATE FUNCTION contacts_have_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO contact_looks (contact_list_id, organisation_id, contact_id)
    SELECT n.contact_list_id, n.organisation_id, n.contact_id FROM changed n
    WHERE n.contact_list_id IN (
        SELECT k.contact_list_id FROM campaigns k
        WHERE cardinality(k.contact_list_filter_ids) > 0
           OR (k.sort_mode = 'dynamic' AND k.sort <> '[]'));
    RETURN NULL;
END $$;
CREATE TRIGGER contacts_have_changed AFTER UPDATE ON contacts
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION contacts_have_changed();

CREATE FUNCTION contact_was_called() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO contact_looks (contact_list_id, organisation_id, contact_id)
    SELECT mine.contact_list_id, a.organisation_id, a.contact_id
    FROM attempts a JOIN campaigns mine ON mine.campaign_id = a.campaign_id
    WHERE a.attempt_id = NEW.attempt_id AND EXISTS (
        SELECT FROM campaigns k WHERE k.contact_list_id = mine.contact_list_id
          AND (cardinality(k.contact_list_filter_ids) > 0
               OR (k.sort_mode = 'dynamic' AND k.sort <> '[]')));
    RETURN NULL;
END $$;
CREATE TRIGGER contact_was_called AFTER UPDATE ON attempts FOR EACH ROW
    WHEN (NEW.state = 'closed' AND OLD.state <> 'closed') EXECUTE FUNCTION contact_was_called();
CREATE TRIGGER contact_was_wrapped_up AFTER INSERT ON wrap_ups
    FOR EACH ROW EXECUTE FUNCTION contact_was_called();
