/** The countries and territories in the groups that people think in; each is in one. */
const groups = {
  europeanUnion: 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK',
  restOfEurope: 'AD AL AX BA BY CH FO GB GG GI IM IS JE LI MC MD ME MK NO RS RU SJ SM UA VA XK',
  northAmerica: 'BM CA GL PM US',
  latinAmerica:
    'AG AI AR AW BB BL BO BQ BR BS BZ CL CO CR CU CW DM DO EC FK GD GF GP GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI',
  eastAsia: 'BN CN HK ID JP KH KP KR LA MM MN MO MY PH SG TH TL TW VN',
  southAsia: 'AF AM AZ BD BT GE IN IO KG KZ LK MV NP PK TJ TM UZ',
  middleEast: 'AE BH DZ EG EH IL IQ IR JO KW LB LY MA OM PS QA SA SY TN TR YE',
  africa:
    'AC AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW KE KM LR LS MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TA TD TG TZ UG YT ZA ZM ZW',
  oceania: 'AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PW SB TK TO TV VU WF WS',
} as const;
export type CountryGroup = keyof typeof groups;

/** The same as lists of codes (ISO 3166-1 alpha-2). */
export const countryGroups = (Object.entries(groups) as [CountryGroup, string][]).map(([name, codes]) => ({
  name,
  codes: codes.split(' '),
}));
